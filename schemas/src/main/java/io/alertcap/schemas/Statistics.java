package io.alertcap.schemas;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the kernel counted, and what the file shows. After a crash the counts are not known any
 * more: then the three of them are absent, and the rest is what the file alone can tell.
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
    Optional<Long> received,
    Optional<Long> dropped,
    Optional<Long> droppedByInterface,
    Optional<Instant> firstPacketAt,
    Optional<Instant> lastPacketAt,
    Optional<List<Peer>> topPeers) {

  /** Most peers. */
  public static final int MAX_PEERS = 20;

  /** What the kernel counted, all or nothing. */
  public record Counts(long received, long dropped, long droppedByInterface) {}

  public Statistics {
    received = Constraints.optional(received);
    dropped = Constraints.optional(dropped);
    droppedByInterface = Constraints.optional(droppedByInterface);
    boolean counted = received.isPresent() || dropped.isPresent() || droppedByInterface.isPresent();
    count(received, counted, "received");
    count(dropped, counted, "dropped");
    count(droppedByInterface, counted, "droppedByInterface");
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
    this(
        Optional.of(received),
        Optional.of(dropped),
        Optional.of(droppedByInterface),
        firstPacketAt,
        lastPacketAt,
        Optional.empty());
  }

  /** Of a file that was not looked at, and about which the kernel cannot be asked any more. */
  public static Statistics uncounted(
      Optional<Instant> firstPacketAt, Optional<Instant> lastPacketAt) {
    return new Statistics(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        firstPacketAt,
        lastPacketAt,
        Optional.empty());
  }

  /** What the kernel counted; absent where that died with the process. */
  public Optional<Counts> counts() {
    return received.map(
        accepted -> new Counts(accepted, dropped.orElseThrow(), droppedByInterface.orElseThrow()));
  }

  /** These, and who the target spoke with. */
  public Statistics with(List<Peer> peers) {
    return new Statistics(
        received, dropped, droppedByInterface, firstPacketAt, lastPacketAt, Optional.of(peers));
  }

  private static void count(Optional<Long> value, boolean required, String field) {
    if (required) {
      Constraints.count(Constraints.present(value.orElse(null), field), field);
    }
  }
}
