package io.alertcap.capturer.statistics;

/**
 * How long something took, over all the times it was measured; in microseconds. Percentiles are
 * exact to three digits ({@link LatencyHistogram}), the others to the microsecond.
 *
 * @param count how often it was measured, at least 1
 */
public record Latency(
    long count,
    long minMicros,
    long meanMicros,
    long p50Micros,
    long p90Micros,
    long p95Micros,
    long p99Micros,
    long maxMicros) {}
