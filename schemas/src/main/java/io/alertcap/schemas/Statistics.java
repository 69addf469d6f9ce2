package io.alertcap.schemas;

import java.time.Instant;
import java.util.Optional;

/**
 * What the kernel counted, and when the packets in the file were seen.
 *
 * @param received packets that passed the filter, dropped ones included ({@code ps_recv})
 * @param dropped packets that passed the filter and found the buffer full ({@code ps_drop})
 * @param droppedByInterface packets that the interface dropped ({@code ps_ifdrop})
 * @param firstPacketAt absent if the file has no packet
 * @param lastPacketAt absent if the file has no packet
 */
public record Statistics(
    long received,
    long dropped,
    long droppedByInterface,
    Optional<Instant> firstPacketAt,
    Optional<Instant> lastPacketAt) {

  public Statistics {
    Constraints.within(received, 0, Long.MAX_VALUE, "received");
    Constraints.within(dropped, 0, Long.MAX_VALUE, "dropped");
    Constraints.within(droppedByInterface, 0, Long.MAX_VALUE, "droppedByInterface");
    firstPacketAt = Constraints.optional(firstPacketAt);
    lastPacketAt = Constraints.optional(lastPacketAt);
  }
}
