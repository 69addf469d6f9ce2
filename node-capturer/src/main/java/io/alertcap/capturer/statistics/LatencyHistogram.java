package io.alertcap.capturer.statistics;

import io.alertcap.schemas.Latency;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** Collects durations into percentiles. Not safe for use by several threads. */
public final class LatencyHistogram {

  private static final long MOST_MICROS = 24L * 3600 * 1_000_000;
  private static final int SIGNIFICANT_DIGITS = 3;

  private final Histogram micros = new Histogram(SIGNIFICANT_DIGITS);
  private long min = Long.MAX_VALUE;
  private long max;
  private long sum;

  public LatencyHistogram() {
    micros.setAutoResize(true);
  }

  /** Adds a duration in nanoseconds; a negative one counts as 0, one of days as a day. */
  public void record(long nanos) {
    long value = Math.clamp(nanos / 1_000, 0, MOST_MICROS);
    micros.recordValue(value);
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
  }

  /** What was recorded so far, absent if that is nothing. */
  public Optional<Latency> latency() {
    long count = micros.getTotalCount();
    return count == 0
        ? Optional.empty()
        : Optional.of(
            new Latency(
                count,
                min,
                sum / count,
                percentile(50),
                percentile(90),
                percentile(95),
                percentile(99),
                max));
  }

  private long percentile(double percent) {
    return Math.min(max, micros.getValueAtPercentile(percent));
  }
}
