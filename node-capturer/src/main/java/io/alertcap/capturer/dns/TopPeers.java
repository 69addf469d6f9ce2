package io.alertcap.capturer.dns;

import io.alertcap.capturer.dissect.IpAddress;
import io.alertcap.capturer.statistics.AgeTable;
import io.alertcap.capturer.statistics.SeededHash;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The most frequent of any number of peers in a table of fixed size, by the space-saving algorithm
 * (Metwally, Agrawal, El Abbadi, 2005): a peer that finds no room takes the place of the rarest and
 * inherits its rank, but not its figures. What a row says is therefore true of the peer since it
 * came in, and any peer with more than {@code 1/size} of all queries is in the table.
 */
final class TopPeers {

  private final AgeTable<Peer> peers;
  private final int size;

  /** Those that had it; one that was counted since has a higher one. */
  private final ArrayDeque<Peer> rarest = new ArrayDeque<>();

  private long lowestRank;

  TopPeers(int size) {
    this.size = size;
    peers = new AgeTable<>(size);
  }

  /** Counts a query. */
  void asked(long high, long low) {
    Peer peer = find(high, low);
    if (peer == null) {
      peer = peers.size() < size ? new Peer() : takeRarest();
      peer.begin(high, low);
      peers.add(peer, SeededHash.ofAddress(high, low));
    }
    peer.rank++;
    peer.queries++;
  }

  /** Counts an answer to a peer's query, unless the peer is not in the table any more. */
  void answered(long high, long low, long nanos) {
    Peer peer = find(high, low);
    if (peer != null) {
      peer.answered++;
      peer.sumNanos += nanos;
      peer.slowestNanos = Math.max(peer.slowestNanos, nanos);
    }
  }

  /** As {@link #answered}, of a query without an answer. */
  void unanswered(long high, long low) {
    Peer peer = find(high, low);
    if (peer != null) {
      peer.unanswered++;
    }
  }

  /** Those with the most queries since they came in, that one first. */
  List<Peer> top(int most) {
    List<Peer> all = new ArrayList<>(peers.size());
    for (Peer each = peers.eldest(); each != null; each = peers.younger(each)) {
      all.add(each);
    }
    all.sort(Comparator.comparingLong((Peer peer) -> peer.queries).reversed());
    return List.copyOf(all.subList(0, Math.min(most, all.size())));
  }

  private @Nullable Peer find(long high, long low) {
    Peer each = peers.first(SeededHash.ofAddress(high, low));
    while (each != null && !(each.low == low && each.high == high)) {
      each = peers.next(each);
    }
    return each;
  }

  /**
   * Takes a row with the lowest rank out of the table. Ranks only rise, so the rows that had the
   * lowest one when it was last looked for are used up first: a look at all rows serves as many
   * evictions as it finds rows.
   */
  private Peer takeRarest() {
    Peer next = rarest.pollFirst();
    while (next != null && next.rank != lowestRank) {
      next = rarest.pollFirst();
    }
    if (next == null) {
      findRarest();
      next = rarest.removeFirst();
    }
    peers.remove(next);
    return next;
  }

  private void findRarest() {
    lowestRank = Long.MAX_VALUE;
    for (Peer each = peers.eldest(); each != null; each = peers.younger(each)) {
      if (each.rank < lowestRank) {
        lowestRank = each.rank;
        rarest.clear();
      }
      if (each.rank == lowestRank) {
        rarest.add(each);
      }
    }
  }

  /** A peer with its figures since it came in. */
  static final class Peer extends AgeTable.Entry<Peer> {

    private long high;
    private long low;
    private long rank;
    private long queries;
    private long answered;
    private long unanswered;
    private long sumNanos;
    private long slowestNanos;

    /** Keeps the rank. */
    private void begin(long newHigh, long newLow) {
      high = newHigh;
      low = newLow;
      queries = 0;
      answered = 0;
      unanswered = 0;
      sumNanos = 0;
      slowestNanos = 0;
    }

    IpAddress address() {
      return new IpAddress(high, low);
    }

    long queries() {
      return queries;
    }

    long answered() {
      return answered;
    }

    long unanswered() {
      return unanswered;
    }

    long meanMicros() {
      return answered == 0 ? 0 : sumNanos / answered / 1_000;
    }

    long slowestMicros() {
      return slowestNanos / 1_000;
    }
  }
}
