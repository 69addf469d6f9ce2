package io.alertcap.capturer.prepare;

import io.alertcap.capturer.enrich.EnrichContext;
import io.alertcap.capturer.enrich.EnrichResult;
import io.alertcap.capturer.enrich.file.Compression;
import io.alertcap.capturer.enrich.file.FileFormat;
import io.alertcap.capturer.spool.SpooledCapture;
import io.alertcap.schemas.CaptureResult;
import io.alertcap.schemas.Enrichment;
import io.alertcap.schemas.Statistics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Describes the files that a pass may yield. */
final class PreparedFiles {

  private PreparedFiles() {}

  static Prepared enriched(EnrichContext context, EnrichResult made, Analyses.Reports reports) {
    List<String> warnings = new ArrayList<>(unknown(context.result()));
    warnings.addAll(made.warnings());
    warnings.addAll(reports.warnings());
    if (!made.ending().isWhole()) {
      warnings.add("Of what was captured: " + made.ending());
    }
    return new Prepared(
        made.format().code(),
        made.compression().code(),
        context.extension(),
        contentType(made.format(), made.compression()),
        made.bytes(),
        made.sha256(),
        made.packets(),
        made.linkType(),
        new Enrichment(
            made.payload(),
            Optional.empty(),
            warnings.subList(0, Math.min(warnings.size(), Enrichment.MAX_WARNINGS))),
        reports.dns(),
        reports.tcp(),
        Optional.of(made.peers()),
        reports.transcript());
  }

  /** The file as it was captured. */
  static Prepared plain(SpooledCapture capture, EnrichContext context, String reason)
      throws IOException {
    CaptureResult result = context.result();
    return new Prepared(
        FileFormat.PCAP.code(),
        Compression.NONE.code(),
        FileFormat.PCAP.extension(),
        contentType(FileFormat.PCAP, Compression.NONE),
        result.bytes(),
        Sha256.of(capture.file()),
        result.packets(),
        result.linkType(),
        new Enrichment(context.payload(), Optional.of(reason), unknown(result)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  private static List<String> unknown(CaptureResult result) {
    return result.statistics().flatMap(Statistics::counts).isPresent()
        ? List.of()
        : List.of(
            "How many packets the kernel dropped is not known: its counts were lost with the process that captured.");
  }

  /** IANA has a name for pcap only. */
  private static String contentType(FileFormat format, Compression compression) {
    return switch (compression) {
      case GZIP -> "application/gzip";
      case ZSTD -> "application/zstd";
      case NONE ->
          switch (format) {
            case PCAP -> "application/vnd.tcpdump.pcap";
            case PCAPNG -> "application/x-pcapng";
          };
    };
  }
}
