package io.alertcap.capturer.upload;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * For how long a delivery has been tried, by all processes that tried it: the time for which one of
 * them ran and had the file to deliver. A node that was off, a process that was frozen and a clock
 * that jumps use up none of it. Not thread-safe.
 */
final class TriedTime {

  /**
   * What every start grants: a node that comes back before its store does is given time for both,
   * however much was used up before.
   */
  static final Duration AFTER_START = Duration.ofMinutes(15);

  /** A look counts no more than this since the one before: what is longer is a frozen process. */
  static final Duration LONGEST_STEP = Duration.ofMinutes(15);

  private final Duration before;
  private final Duration keepFor;
  private final LongSupplier nanoTime;
  private long lastLook;
  private Duration here = Duration.ZERO;

  /**
   * @param before what earlier processes have counted
   * @param keepFor after how much of it a delivery is given up
   * @param nanoTime monotonic, in nanoseconds
   */
  TriedTime(Duration before, Duration keepFor, LongSupplier nanoTime) {
    this.before = before;
    this.keepFor = keepFor;
    this.nanoTime = nanoTime;
    this.lastLook = nanoTime.getAsLong();
  }

  /** Counts the time since the last look; returns all of it. */
  Duration look() {
    long now = nanoTime.getAsLong();
    Duration step = Duration.ofNanos(now - lastLook);
    lastLook = now;
    here = here.plus(shorter(step, LONGEST_STEP));
    return before.plus(here);
  }

  /** Whether that is enough, as of the last look. */
  boolean over() {
    return before.plus(here).compareTo(keepFor) >= 0
        && here.compareTo(shorter(keepFor, AFTER_START)) >= 0;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
