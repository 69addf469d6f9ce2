package io.alertcap.trigger.access;

import io.alertcap.foundation.health.RecurringTasks;
import java.time.Duration;
import java.util.List;

/**
 * Looks at files again, every few seconds. Their contents are compared, since what tells of changes
 * is not to be relied on: Kubernetes replaces the directory above a secret, and a time stamp may
 * stay the same.
 */
public final class Rotation implements AutoCloseable {

  private final RecurringTasks thread;

  /**
   * Begins.
   *
   * @param thread closed together with this
   * @param refreshes run one after the other
   */
  public Rotation(RecurringTasks thread, Duration interval, List<Runnable> refreshes) {
    this.thread = thread;
    refreshes.forEach(refresh -> thread.every(interval, interval, refresh));
  }

  @Override
  public void close() {
    thread.close();
  }
}
