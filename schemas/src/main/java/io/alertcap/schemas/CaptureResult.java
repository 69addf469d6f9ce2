package io.alertcap.schemas;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Optional;

/**
 * What a finished capture yielded, before anything is uploaded. After a crash some of it is not
 * known any more: what only the kernel had counted, and until when packets were kept.
 *
 * @param end why it stopped
 * @param networkInterface the interface it was on, or several separated by commas
 * @param linkType libpcap's name of it, {@code EN10MB}
 * @param packets in the file
 * @param bytes of the file in the spool
 * @param statistics absent where nobody has looked
 * @param filterActiveAt from when on every packet that passes the filter is in the file
 * @param closedAt up to when; of a capture that a crash ended, the last packet that reached the
 *     disk
 */
public record CaptureResult(
    CaptureEnd end,
    @JsonProperty("interface") String networkInterface,
    String linkType,
    long packets,
    long bytes,
    Optional<Statistics> statistics,
    Instant filterActiveAt,
    Instant closedAt) {

  public CaptureResult {
    Constraints.present(end, "end");
    Constraints.networkInterfaces(networkInterface, "interface");
    Constraints.linkType(linkType, "linkType");
    Constraints.within(packets, 0, Long.MAX_VALUE, "packets");
    Constraints.within(bytes, 0, Long.MAX_VALUE, "bytes");
    statistics = Constraints.optional(statistics);
    Constraints.present(filterActiveAt, "filterActiveAt");
    Constraints.present(closedAt, "closedAt");
  }
}
