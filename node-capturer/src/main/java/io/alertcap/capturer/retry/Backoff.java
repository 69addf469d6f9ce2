package io.alertcap.capturer.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with full jitter: a random delay up to a limit that doubles with each
 * failure, so that a hundred nodes do not come back to a store in the same second.
 *
 * @param first limit after one failure
 * @param most limit after many
 */
public record Backoff(Duration first, Duration most) {

  private static final int MOST_DOUBLINGS = 30;

  /**
   * The delay before the next attempt.
   *
   * @param failures in a row so far; 1 or more
   */
  public Duration delay(int failures, RandomGenerator random) {
    return Duration.ofMillis(random.nextLong(limit(failures).toMillis()) + 1);
  }

  private Duration limit(int failures) {
    Duration limit = first.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
    return limit.compareTo(most) < 0 ? limit : most;
  }
}
