package io.alertcap.capturer.dns;

import io.alertcap.capturer.statistics.AgeTable;
import io.alertcap.capturer.statistics.LatencyHistogram;
import io.alertcap.schemas.DnsForwarding;
import java.util.ArrayDeque;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Finds for each served query the upstream query that was sent to answer it. */
final class Forwarding {

  /** Clients that wait for the same answer at the same time, each of which is served by it. */
  private static final int MOST_WAITING = 64;

  private static final int EXPECTED = 1_024;
  private static final int PERMILLE = 1_000;

  /** Served queries that are under way: no more than there are open transactions. */
  private final AgeTable<Waiting> waiting = new AgeTable<>(EXPECTED);

  private final ArrayDeque<Waiting> spare = new ArrayDeque<>();
  private final LatencyHistogram forwarded = new LatencyHistogram();
  private final LatencyHistogram own = new LatencyHistogram();
  private final Histogram sharesInPermille = new Histogram(PERMILLE, 3);
  private final double upstreamShare;
  private long ownAnswers;
  private long slowByUpstream;

  Forwarding(VerdictThresholds thresholds) {
    upstreamShare = thresholds.upstreamShare();
  }

  void servedAsked(Transaction served) {
    int hash = served.question().hashCode();
    int same = 0;
    for (Waiting each = waiting.first(hash); each != null; each = waiting.next(each)) {
      same++;
    }
    if (same < MOST_WAITING) {
      Waiting entry = spare.isEmpty() ? new Waiting() : spare.pop();
      entry.served = served;
      waiting.add(entry, hash);
    }
  }

  void upstreamAsked(Transaction upstream) {
    Question question = upstream.question();
    Waiting each = waiting.first(question.hashCode());
    for (; each != null; each = waiting.next(each)) {
      Transaction served = each.served;
      if (served != null && served.question().equals(question)) {
        served.forward(upstream);
      }
    }
  }

  void servedAnswered(Transaction served, boolean isSlow) {
    leave(served);
    Transaction upstream = served.upstream();
    if (upstream == null) {
      ownAnswers++;
      own.record(served.latencyNanos());
      return;
    }
    long latency = Math.max(1, served.latencyNanos());
    long share = PERMILLE * served.upstreamNanos(upstream) / latency;
    sharesInPermille.recordValue(share);
    forwarded.record(served.latencyNanos());
    slowByUpstream += isSlow && share >= upstreamShare * PERMILLE ? 1 : 0;
  }

  void servedEnded(Transaction served) {
    leave(served);
  }

  DnsForwarding report() {
    long count = sharesInPermille.getTotalCount();
    return new DnsForwarding(
        count,
        ownAnswers,
        slowByUpstream,
        count == 0
            ? Optional.empty()
            : Optional.of(sharesInPermille.getValueAtPercentile(50) / (double) PERMILLE),
        forwarded.latency(),
        own.latency());
  }

  private void leave(Transaction served) {
    Waiting each = waiting.first(served.question().hashCode());
    while (each != null && each.served != served) {
      each = waiting.next(each);
    }
    if (each != null) {
      waiting.remove(each);
      each.served = null;
      spare.push(each);
    }
  }

  private static final class Waiting extends AgeTable.Entry<Waiting> {
    private @Nullable Transaction served;
  }
}
