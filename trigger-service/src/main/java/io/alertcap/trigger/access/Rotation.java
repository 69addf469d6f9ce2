package io.alertcap.trigger.access;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at files again, every few seconds. Their contents are compared, since what tells of changes
 * is not to be relied on: Kubernetes replaces the directory above a secret, and a time stamp may
 * stay the same.
 */
public final class Rotation implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Rotation.class);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("rotation").daemon().factory());

  /**
   * Begins.
   *
   * @param refreshes run one after the other, on one thread
   */
  public Rotation(Duration interval, List<Runnable> refreshes) {
    long millis = interval.toMillis();
    for (Runnable refresh : refreshes) {
      var unused =
          thread.scheduleWithFixedDelay(() -> run(refresh), millis, millis, TimeUnit.MILLISECONDS);
    }
  }

  /** An exception would end the schedule. */
  private static void run(Runnable refresh) {
    try {
      refresh.run();
    } catch (RuntimeException e) {
      log.error("Files could not be looked at again", e);
    }
  }

  @Override
  public void close() {
    var unused = thread.shutdownNow();
  }
}
