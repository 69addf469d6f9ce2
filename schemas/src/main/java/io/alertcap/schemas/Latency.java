package io.alertcap.schemas;

/**
 * How long something took, over all the times it was measured; in microseconds. Percentiles are
 * exact to three digits, the others to the microsecond.
 *
 * @param count how often it was measured
 */
public record Latency(
    long count,
    long minMicros,
    long meanMicros,
    long p50Micros,
    long p90Micros,
    long p95Micros,
    long p99Micros,
    long maxMicros) {

  public Latency {
    Constraints.count(count, "count");
    Constraints.count(minMicros, "minMicros");
    Constraints.count(meanMicros, "meanMicros");
    Constraints.count(p50Micros, "p50Micros");
    Constraints.count(p90Micros, "p90Micros");
    Constraints.count(p95Micros, "p95Micros");
    Constraints.count(p99Micros, "p99Micros");
    Constraints.count(maxMicros, "maxMicros");
  }
}
