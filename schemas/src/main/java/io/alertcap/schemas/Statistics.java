package io.alertcap.schemas;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the kernel counted, and when the packets in the file were seen.
 *
 * @param received packets that passed the filter, dropped ones included ({@code ps_recv})
 * @param dropped packets that passed the filter and found the buffer full ({@code ps_drop})
 * @param droppedByInterface packets that the interface dropped ({@code ps_ifdrop})
 * @param firstPacketAt absent if the file has no packet
 * @param lastPacketAt absent if the file has no packet
 * @param topPeers the addresses with the most packets, most first, the target's own left out;
 *     absent where the file was not looked at
 */
public record Statistics(
    long received,
    long dropped,
    long droppedByInterface,
    Optional<Instant> firstPacketAt,
    Optional<Instant> lastPacketAt,
    Optional<List<Peer>> topPeers) {

  /** Most peers. */
  public static final int MAX_PEERS = 20;

  public Statistics {
    Constraints.within(received, 0, Long.MAX_VALUE, "received");
    Constraints.within(dropped, 0, Long.MAX_VALUE, "dropped");
    Constraints.within(droppedByInterface, 0, Long.MAX_VALUE, "droppedByInterface");
    firstPacketAt = Constraints.optional(firstPacketAt);
    lastPacketAt = Constraints.optional(lastPacketAt);
    topPeers =
        Constraints.optional(topPeers).map(peers -> Constraints.list(peers, MAX_PEERS, "topPeers"));
  }

  /** Of a file that was not looked at. */
  public Statistics(
      long received,
      long dropped,
      long droppedByInterface,
      Optional<Instant> firstPacketAt,
      Optional<Instant> lastPacketAt) {
    this(received, dropped, droppedByInterface, firstPacketAt, lastPacketAt, Optional.empty());
  }

  /** These, and who the target spoke with. */
  public Statistics with(List<Peer> peers) {
    return new Statistics(
        received, dropped, droppedByInterface, firstPacketAt, lastPacketAt, Optional.of(peers));
  }
}
