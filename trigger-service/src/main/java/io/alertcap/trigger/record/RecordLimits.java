package io.alertcap.trigger.record;

import java.time.Duration;

/**
 * How much the record of captures remembers.
 *
 * @param maxRecords 1 or more
 * @param maxAge since a capture was commanded; more than the topic is kept for makes no difference
 */
public record RecordLimits(int maxRecords, Duration maxAge) {

  /** As many as fit into 256 MiB of heap, and as old as {@code alertcap.events} is kept. */
  public static final RecordLimits DEFAULT = new RecordLimits(50_000, Duration.ofDays(30));

  public RecordLimits {
    if (maxRecords < 1 || maxAge.isNegative() || maxAge.isZero()) {
      throw new IllegalArgumentException("must allow for at least one record");
    }
  }
}
