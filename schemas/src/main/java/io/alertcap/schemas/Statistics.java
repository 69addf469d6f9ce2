package io.alertcap.schemas;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the kernel counted, and what the file shows. After a crash the counts are not known any
 * more: then all of them are absent, and the rest is what the file alone can tell. Otherwise the
 * packets that passed the filter are those in the file, those dropped and those lost.
 *
 * @param received packets that passed the filter, dropped ones included ({@code ps_recv})
 * @param dropped packets that passed the filter and found the buffer full ({@code ps_drop})
 * @param droppedByInterface packets that the interface dropped ({@code ps_ifdrop})
 * @param lost packets that passed the filter, were not dropped, and are not in the file; absent in
 *     what older capturers wrote
 * @param firstPacketAt absent if the file has no packet
 * @param lastPacketAt absent if the file has no packet
 * @param topPeers the addresses with the most packets, most first, the target's own left out;
 *     absent where the file was not looked at
 */
public record Statistics(
    Optional<Long> received,
    Optional<Long> dropped,
    Optional<Long> droppedByInterface,
    Optional<Long> lost,
    Optional<Instant> firstPacketAt,
    Optional<Instant> lastPacketAt,
    Optional<List<Peer>> topPeers) {

  /** Most peers. */
  public static final int MAX_PEERS = 20;

  /** What the kernel counted, all or nothing. */
  public record Counts(long received, long dropped, long droppedByInterface, long lost) {

    /** Packets that passed the filter and are not in the file. */
    public long missing() {
      return dropped + lost;
    }
  }

  public Statistics {
    received = Constraints.optional(received);
    dropped = Constraints.optional(dropped);
    droppedByInterface = Constraints.optional(droppedByInterface);
    boolean counted = received.isPresent() || dropped.isPresent() || droppedByInterface.isPresent();
    count(received, counted, "received");
    count(dropped, counted, "dropped");
    count(droppedByInterface, counted, "droppedByInterface");
    lost = Constraints.optional(lost);
    count(lost, false, "lost");
    firstPacketAt = Constraints.optional(firstPacketAt);
    lastPacketAt = Constraints.optional(lastPacketAt);
    topPeers =
        Constraints.optional(topPeers).map(peers -> Constraints.list(peers, MAX_PEERS, "topPeers"));
  }

  /** Of a file that was not looked at and lacks nothing but what was dropped. */
  public Statistics(
      long received,
      long dropped,
      long droppedByInterface,
      Optional<Instant> firstPacketAt,
      Optional<Instant> lastPacketAt) {
    this(new Counts(received, dropped, droppedByInterface, 0), firstPacketAt, lastPacketAt);
  }

  /** Of a file that was not looked at. */
  public Statistics(
      Counts counts, Optional<Instant> firstPacketAt, Optional<Instant> lastPacketAt) {
    this(
        Optional.of(counts.received()),
        Optional.of(counts.dropped()),
        Optional.of(counts.droppedByInterface()),
        Optional.of(counts.lost()),
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
        Optional.empty(),
        firstPacketAt,
        lastPacketAt,
        Optional.empty());
  }

  /** What the kernel counted; absent where that died with the process. */
  public Optional<Counts> counts() {
    return received.map(accepted ->
        new Counts(
            accepted, dropped.orElseThrow(), droppedByInterface.orElseThrow(), lost.orElse(0L)));
  }

  /** These, and who the target spoke with. */
  public Statistics with(List<Peer> peers) {
    return new Statistics(
        received,
        dropped,
        droppedByInterface,
        lost,
        firstPacketAt,
        lastPacketAt,
        Optional.of(peers));
  }

  /** These, without who the target spoke with. */
  public Statistics withoutPeers() {
    return new Statistics(
        received, dropped, droppedByInterface, lost, firstPacketAt, lastPacketAt, Optional.empty());
  }

  private static void count(Optional<Long> value, boolean required, String field) {
    if (required || value.isPresent()) {
      Constraints.count(Constraints.present(value.orElse(null), field), field);
    }
  }
}
