package io.alertcap.foundation.health;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread of its own, on which tasks are done again and again. A schedule of the JDK's ends in
 * silence with the first thing that its task throws; here that is logged, and the task is done
 * again after its pause. A thread that hangs shows on {@code /livez}. Thread-safe.
 */
public final class RecurringTasks implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RecurringTasks.class);

  /** Longer than a task may take, which waits for what is outside for seconds. */
  static final Duration LONGEST_SILENCE = Duration.ofMinutes(2);

  /** Whatever the pauses of the tasks are. */
  private static final Duration BEAT = Duration.ofSeconds(5);

  private final String name;
  private final ScheduledThreadPoolExecutor thread;

  RecurringTasks(String name, Heartbeat heartbeat) {
    this.name = name;
    this.thread =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().name(name).daemon().unstarted(task));
    every(BEAT, BEAT, heartbeat::beat);
  }

  /**
   * Does it for the first time now, and then with this pause between the end of one time and the
   * begin of the next. Returns at once.
   */
  public void every(Duration pause, Runnable task) {
    every(pause, Duration.ZERO, task);
  }

  /** The same, for the first time after a while. */
  public void every(Duration pause, Duration first, Runnable task) {
    var unused =
        thread.scheduleWithFixedDelay(
            new Attempt(task), first.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Whether it was told to end, so that what a task finds out now is of no use. */
  public boolean isClosed() {
    return thread.isShutdown();
  }

  /** Interrupts the task that is being done, and waits for nothing. */
  @Override
  public void close() {
    var unused = thread.shutdownNow();
  }

  /** The same, and waits for the task that is being done, for so long at most. */
  public void close(Duration atMost) {
    close();
    try {
      var unused = thread.awaitTermination(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Attempt implements Runnable {

    private final Runnable task;

    /** What it threw the last time, empty where it went well: one error is logged once. */
    private String known = "";

    Attempt(Runnable task) {
      this.task = task;
    }

    @Override
    public void run() {
      try {
        task.run();
        known = "";
      } catch (RuntimeException | Error e) {
        if (!known.equals(e.toString())) {
          log.error("Unexpected error on the thread {}, which goes on", name, e);
        }
        known = e.toString();
      }
    }
  }
}
