package io.alertcap.capturer.prepare;

import io.alertcap.capturer.dissect.Dissector;
import io.alertcap.capturer.dissect.IpAddress;
import io.alertcap.capturer.dns.DnsAnalysis;
import io.alertcap.capturer.dns.VerdictThresholds;
import io.alertcap.capturer.enrich.EnrichContext;
import io.alertcap.capturer.enrich.PacketObserver;
import io.alertcap.capturer.tcp.TcpFacts;
import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureResult;
import io.alertcap.schemas.DnsReport;
import io.alertcap.schemas.PayloadProfile;
import io.alertcap.schemas.Statistics;
import io.alertcap.schemas.TcpReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What looks at the packets of one pass, as far as its payload profile lets anything be seen. */
final class Analyses {

  private final Analysis<TcpReport> tcp = new Tcp();
  private final Optional<Analysis<DnsReport>> dns;
  private final Optional<TranscriptFile> transcript;

  private Analyses(Optional<Analysis<DnsReport>> dns, Optional<TranscriptFile> transcript) {
    this.dns = dns;
    this.transcript = transcript;
  }

  /**
   * Under {@code headers} no DNS message is seen, and so there is neither report nor transcript.
   */
  static Analyses of(
      EnrichContext context, VerdictThresholds thresholds, TranscriptFile transcript) {
    if (context.payload() == PayloadProfile.HEADERS) {
      return new Analyses(Optional.empty(), Optional.empty());
    }
    DnsAnalysis analysis =
        new DnsAnalysis(
            target(context),
            context.dnsPorts().ports(),
            thresholds,
            Optional.of(transcript.transcript()));
    return new Analyses(Optional.of(new Dns(analysis, context.result())), Optional.of(transcript));
  }

  List<PacketObserver> observers() {
    List<PacketObserver> all = new ArrayList<>(List.of(tcp));
    dns.ifPresent(all::add);
    return all;
  }

  /** Ends every analysis; once. */
  Reports conclude() {
    List<String> warnings = new ArrayList<>();
    Optional<DnsReport> dnsReport = dns.flatMap(each -> reportOf(each, warnings));
    Optional<TcpReport> tcpReport = reportOf(tcp, warnings);
    boolean hasTranscript =
        transcript.isPresent()
            && dnsReport.filter(Analyses::hasMessages).isPresent()
            && transcript.get().complete(warnings);
    return new Reports(dnsReport, tcpReport, hasTranscript, warnings);
  }

  /**
   * What the analyses came to.
   *
   * @param transcript whether there is one, on disk
   * @param warnings sentences: what is missing
   */
  record Reports(
      Optional<DnsReport> dns,
      Optional<TcpReport> tcp,
      boolean transcript,
      List<String> warnings) {}

  private static <R> Optional<R> reportOf(Analysis<R> analysis, List<String> warnings) {
    try {
      return analysis.report();
    } catch (RuntimeException e) {
      warnings.add("The %s came to no end: %s".formatted(analysis.name(), e));
      return Optional.empty();
    }
  }

  private static boolean hasMessages(DnsReport report) {
    return report.messages().queries() + report.messages().answers() > 0;
  }

  private static Set<IpAddress> target(EnrichContext context) {
    return context.request().target().podIp().flatMap(IpAddress::parse).stream()
        .collect(java.util.stream.Collectors.toSet());
  }

  private static final class Tcp extends Analysis<TcpReport> {

    private final TcpFacts facts = new TcpFacts();

    Tcp() {
      super("TCP analysis");
    }

    @Override
    void look(Dissector packet, long epochNanos) {
      facts.packet(packet, epochNanos);
    }

    @Override
    TcpReport conclude() {
      return facts.finish();
    }
  }

  private static final class Dns extends Analysis<DnsReport> {

    private final DnsAnalysis analysis;
    private final CaptureResult result;

    Dns(DnsAnalysis analysis, CaptureResult result) {
      super("DNS analysis");
      this.analysis = analysis;
      this.result = result;
    }

    @Override
    void look(Dissector packet, long epochNanos) {
      analysis.packet(packet, epochNanos);
    }

    /** After a crash nobody knows until when packets were kept: until the last one, for certain. */
    @Override
    DnsReport conclude() {
      boolean endIsKnown =
          result.end() != CaptureEnd.INTERRUPTED
              || result.statistics().flatMap(Statistics::counts).isPresent();
      DnsReport report =
          endIsKnown ? analysis.finish(epochNanos(result.closedAt())) : analysis.finish();
      return report.with(report.verdict().and(missing()));
    }

    /** What no verdict may keep to itself. */
    private String missing() {
      return result
          .statistics()
          .flatMap(Statistics::counts)
          .map(counts ->
              counts.missing() == 0
                  ? ""
                  : "%d packets that passed the filter are missing from the file."
                      .formatted(counts.missing()))
          .orElse("How many packets are missing from the file is not known.");
    }

    private static long epochNanos(Instant time) {
      return time.getEpochSecond() * 1_000_000_000L + time.getNano();
    }
  }
}
