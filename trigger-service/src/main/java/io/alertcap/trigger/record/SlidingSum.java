package io.alertcap.trigger.record;

import io.alertcap.trigger.decision.Terms.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What each scope took within a time that slides. It is kept by grains of time and not by captures,
 * so that its size does not grow with them; what was taken counts until its grain has ended. Not
 * thread-safe.
 */
final class SlidingSum {

  private final Duration length;
  private final long grain;
  private final TreeMap<Long, Map<Scope, Long>> byEnd = new TreeMap<>();
  private final Map<Scope, Long> sums = new HashMap<>();

  SlidingSum(Duration length, Duration grain) {
    this.length = length;
    this.grain = grain.toSeconds();
  }

  long of(Scope scope) {
    return sums.getOrDefault(scope, 0L);
  }

  /** Whether what was taken then still counts. */
  boolean covers(Instant at, Instant now) {
    return end(at) * grain > now.getEpochSecond();
  }

  /** Takes; or with an amount below 0, gives back what was taken at that time. */
  void add(Scope scope, Instant at, long amount) {
    if (amount == 0) {
      return;
    }
    Map<Scope, Long> ending = byEnd.computeIfAbsent(end(at), e -> new HashMap<>());
    add(ending, scope, amount);
    add(sums, scope, amount);
  }

  void settle(Instant now) {
    while (!byEnd.isEmpty() && byEnd.firstKey() * grain <= now.getEpochSecond()) {
      byEnd.pollFirstEntry().getValue().forEach((scope, taken) -> add(sums, scope, -taken));
    }
  }

  void clear() {
    byEnd.clear();
    sums.clear();
  }

  /** The number of the grain with whose beginning it stops to count. */
  private long end(Instant at) {
    Instant end = at.plus(length);
    long seconds = end.getEpochSecond() + (end.getNano() > 0 ? 1 : 0);
    return Math.ceilDiv(seconds, grain);
  }

  private static void add(Map<Scope, Long> amounts, Scope scope, long amount) {
    amounts.merge(scope, amount, (a, b) -> a + b == 0 ? null : a + b);
  }
}
