package io.alertcap.capturer.dns;

import io.alertcap.capturer.statistics.LatencyHistogram;
import io.alertcap.capturer.statistics.RecentMap;
import io.alertcap.schemas.DnsForwarding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** Finds for each served query the upstream query that was sent to answer it. */
final class Forwarding {

  private static final int MOST_QUESTIONS = 16_384;

  /** Clients that wait for the same answer at the same time, each of which is served by it. */
  private static final int MOST_WAITING = 64;

  private static final int PERMILLE = 1_000;

  private final RecentMap<Question, List<Transaction>> waiting =
      RecentMap.byInsertion(MOST_QUESTIONS);
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
    List<Transaction> same = waiting.computeIfAbsent(served.question(), any -> new ArrayList<>(2));
    if (same.size() < MOST_WAITING) {
      same.add(served);
    }
  }

  void upstreamAsked(Transaction upstream) {
    List<Transaction> same = waiting.get(upstream.question());
    if (same != null) {
      same.forEach(served -> served.forward(upstream));
    }
  }

  void servedAnswered(Transaction served, boolean isSlow) {
    leave(served);
    Optional<Transaction> upstream = served.upstream();
    if (upstream.isEmpty()) {
      ownAnswers++;
      own.record(served.latencyNanos());
      return;
    }
    long latency = Math.max(1, served.latencyNanos());
    long share = PERMILLE * served.upstreamNanos(upstream.get()) / latency;
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
    List<Transaction> same = waiting.get(served.question());
    if (same != null && same.remove(served) && same.isEmpty()) {
      waiting.remove(served.question());
    }
  }
}
