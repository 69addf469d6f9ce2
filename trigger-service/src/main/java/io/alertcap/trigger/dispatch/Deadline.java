package io.alertcap.trigger.dispatch;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A moment by which an answer is due, on the monotonic clock. It is set once, where a request
 * arrives, and handed down, so that every wait on the way takes from the same time.
 */
public final class Deadline {

  private final LongSupplier nanoTime;
  private final long due;

  private Deadline(LongSupplier nanoTime, long due) {
    this.nanoTime = nanoTime;
    this.due = due;
  }

  /** So much time from now. */
  public static Deadline in(Duration time) {
    return in(time, System::nanoTime);
  }

  /**
   * So much time from now, by this clock.
   *
   * @param nanoTime as {@link System#nanoTime}
   */
  public static Deadline in(Duration time, LongSupplier nanoTime) {
    return new Deadline(nanoTime, nanoTime.getAsLong() + time.toNanos());
  }

  /** What is left; zero once it is past. */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, due - nanoTime.getAsLong()));
  }
}
