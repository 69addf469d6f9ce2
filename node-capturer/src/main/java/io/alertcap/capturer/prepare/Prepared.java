package io.alertcap.capturer.prepare;

import io.alertcap.capturer.spool.SpooledCapture;
import io.alertcap.schemas.CaptureResult;
import io.alertcap.schemas.DnsReport;
import io.alertcap.schemas.Enrichment;
import io.alertcap.schemas.Peer;
import io.alertcap.schemas.TcpReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What there is to upload of a capture, and what is known of it. Kept in the spool, so that a file
 * whose parts have been uploaded in part is not made a second time, and differently.
 *
 * @param format of the file
 * @param compression of the file
 * @param extension of the object's key, with its dot
 * @param contentType of the object
 * @param bytes size of the file
 * @param sha256 of the file, hexadecimal
 * @param packets in the file
 * @param linkType libpcap's name of it
 * @param dns absent where the payload profile, or a failure, forbids it
 * @param peers absent where nobody looked at the packets
 * @param transcript whether there is one
 */
public record Prepared(
    String format,
    String compression,
    String extension,
    String contentType,
    long bytes,
    String sha256,
    long packets,
    String linkType,
    Enrichment enrichment,
    Optional<DnsReport> dns,
    Optional<TcpReport> tcp,
    Optional<List<Peer>> peers,
    boolean transcript) {

  public Prepared {
    dns = present(dns);
    tcp = present(tcp);
    peers = present(peers);
  }

  /** Which of the capture's files is uploaded. */
  public Path file(SpooledCapture capture) {
    return enrichment.plainBecause().isPresent() ? capture.file() : capture.enrichedFile();
  }

  /** What the kernel counted, and whom the target spoke with. */
  public CaptureResult complete(CaptureResult result) {
    return new CaptureResult(
        result.end(),
        result.networkInterface(),
        result.linkType(),
        result.packets(),
        result.bytes(),
        result.statistics().map(counted -> peers.map(counted::with).orElse(counted)),
        result.filterActiveAt(),
        result.closedAt());
  }

  /** Jackson passes null for an Optional that JSON leaves out of a record. */
  @SuppressWarnings("NullableOptional")
  private static <T> Optional<T> present(@Nullable Optional<T> value) {
    return value == null ? Optional.empty() : value;
  }
}
