package io.alertcap.capturer.dns;

import io.alertcap.capturer.statistics.LatencyHistogram;
import io.alertcap.schemas.DnsPeer;
import io.alertcap.schemas.DnsSide;
import io.alertcap.schemas.SlowName;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Adds up the transactions that the target has the same part in. */
final class SideCounts implements TransactionObserver {

  private static final int REPORTED_NAMES = DnsSide.MAX_SLOWEST_NAMES;
  private static final int REPORTED_PEERS = DnsSide.MAX_PEERS;
  private static final int KEPT_PEERS = 256;
  private static final int RCODES = 16;

  private final Role role;
  private final long answerTimeoutNanos;
  private final long slowNanos;
  private final long[] rcodes = new long[RCODES];
  private final LatencyHistogram latencies = new LatencyHistogram();
  private final SlowNames slowNames = new SlowNames();
  private final SearchExpansion expansion = new SearchExpansion();
  private final ConntrackRace race = new ConntrackRace();
  private final TopPeers peers = new TopPeers(KEPT_PEERS);
  private long queries;
  private long retransmissions;
  private long answered;
  private long late;
  private long unanswered;
  private long undecided;
  private long repeatedAnswers;
  private long slow;
  private long truncated;
  private long truncatedWithoutEdns;
  private long tcp;

  SideCounts(Role role, VerdictThresholds thresholds) {
    this.role = role;
    answerTimeoutNanos = thresholds.answerTimeout().toNanos();
    slowNanos = thresholds.slowAnswer().toNanos();
  }

  @Override
  public void asked(Transaction transaction) {
    queries++;
    tcp += transaction.exchange().isTcp() ? 1 : 0;
    peers.asked(peerHigh(transaction), peerLow(transaction));
    expansion.asked(transaction);
    race.asked(transaction, transaction.askedAt());
  }

  @Override
  public void askedAgain(Transaction transaction, long at) {
    retransmissions++;
    race.asked(transaction, at);
  }

  @Override
  public void answered(Transaction transaction, DnsMessage message) {
    long nanos = transaction.latencyNanos();
    answered++;
    rcodes[transaction.rcode()]++;
    latencies.record(nanos);
    late += nanos > answerTimeoutNanos ? 1 : 0;
    slow += isSlow(transaction) ? 1 : 0;
    if (transaction.isTruncated()) {
      truncated++;
      truncatedWithoutEdns += transaction.ednsBytes() == 0 ? 1 : 0;
    }
    slowNames.answered(transaction);
    race.answered(transaction);
    if (transaction.rcode() == DnsCodes.NXDOMAIN) {
      expansion.missing(transaction);
    }
    peers.answered(peerHigh(transaction), peerLow(transaction), nanos);
  }

  @Override
  public void answeredAgain(Transaction transaction) {
    repeatedAnswers++;
  }

  @Override
  public void ended(Transaction transaction, End end) {
    if (end == End.UNANSWERED) {
      unanswered++;
      peers.unanswered(peerHigh(transaction), peerLow(transaction));
    } else {
      undecided++;
    }
  }

  boolean isSlow(Transaction transaction) {
    return transaction.latencyNanos() > slowNanos;
  }

  /** Absent if there was not one query. */
  Optional<DnsSide> report() {
    return queries == 0 ? Optional.empty() : Optional.of(filled());
  }

  private DnsSide filled() {
    List<SlowName> names = slowNames.slowest(REPORTED_NAMES);
    List<DnsPeer> top = peers.top(REPORTED_PEERS).stream().map(SideCounts::reportOf).toList();
    return new DnsSide(
        queries,
        retransmissions,
        answered,
        late,
        unanswered,
        undecided,
        repeatedAnswers,
        slow,
        truncated,
        truncatedWithoutEdns,
        tcp,
        expansion.expansions(),
        races(),
        rcodeNames(),
        latencies.latency(),
        names,
        slowNames.others(names),
        top,
        queries - top.stream().mapToLong(DnsPeer::queries).sum());
  }

  /** A server cannot tell a lost answer from one that it never gave, a client a lost query. */
  private long races() {
    return switch (role) {
      case SERVED -> race.lostQueries();
      case UPSTREAM -> race.lostAnswers();
      case OTHER -> race.lostQueries() + race.lostAnswers();
    };
  }

  private SortedMap<String, Long> rcodeNames() {
    SortedMap<String, Long> named = new TreeMap<>();
    for (int i = 0; i < RCODES; i++) {
      if (rcodes[i] > 0) {
        named.put(DnsCodes.rcode(i), rcodes[i]);
      }
    }
    return named;
  }

  private long peerHigh(Transaction transaction) {
    Exchange exchange = transaction.exchange();
    return role == Role.SERVED ? exchange.clientHigh() : exchange.serverHigh();
  }

  private long peerLow(Transaction transaction) {
    Exchange exchange = transaction.exchange();
    return role == Role.SERVED ? exchange.clientLow() : exchange.serverLow();
  }

  private static DnsPeer reportOf(TopPeers.Peer peer) {
    return new DnsPeer(
        peer.address().toString(),
        peer.queries(),
        peer.answered(),
        peer.unanswered(),
        peer.meanMicros(),
        peer.slowestMicros());
  }
}
