package io.alertcap.trigger.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Keeps what others cause from filling a log: the same line is written once a minute, and so many
 * different ones a minute at most. Thread-safe.
 */
final class LogLimit {

  private static final Duration WINDOW = Duration.ofMinutes(1);

  /** Those of a wrong set-up fit, and those of a flood are bounded. */
  private static final int MAX_LINES = 50;

  private final InstantSource clock;
  private final LongConsumer unwrittenListener;
  private final Set<Object> written = new HashSet<>();
  private Instant windowEnd = Instant.MIN;
  private long unwritten;

  /**
   * @param unwrittenListener is told how many lines of a minute were not written, with the first
   *     line after it
   */
  LogLimit(InstantSource clock, LongConsumer unwrittenListener) {
    this.clock = clock;
    this.unwrittenListener = unwrittenListener;
  }

  /**
   * Whether to write a line.
   *
   * @param line what makes it the same as another one
   */
  synchronized boolean admits(Object line) {
    Instant now = clock.instant();
    if (!now.isBefore(windowEnd)) {
      if (unwritten > 0) {
        unwrittenListener.accept(unwritten);
      }
      written.clear();
      unwritten = 0;
      windowEnd = now.plus(WINDOW);
    }
    boolean admitted = written.size() < MAX_LINES && written.add(line);
    unwritten += admitted ? 0 : 1;
    return admitted;
  }
}
