package io.alertcap.trigger.record;

import io.alertcap.foundation.health.Health;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows {@code alertcap.events} on a thread of its own, which alone touches the consumer. Every
 * replica reads all of it, so there is no group, and nothing is committed.
 */
public final class EventFollower implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EventFollower.class);

  /** How soon new partitions, and the loss of Kafka, are noticed. */
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(5);

  /** Longer than a turn of the loop can take: three questions to Kafka of 5 s each, and a poll. */
  private static final Duration SILENCE_LIMIT = Duration.ofSeconds(60);

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private final EventLoop loop;
  private final Thread thread;

  private EventFollower(EventLoop loop) {
    this.loop = loop;
    this.thread =
        Thread.ofPlatform()
            .name("event-follower")
            .daemon()
            .uncaughtExceptionHandler((t, e) -> log.error("The event follower ended", e))
            .unstarted(loop);
  }

  /**
   * Begins to read, and returns at once.
   *
   * @param sink is given the events, on the follower's thread
   * @param health is told under {@code events} whether the follower has caught up
   */
  public static EventFollower start(
      EventSource source, EventSink sink, Health health, MeterRegistry meters) {
    return start(source, sink, health, meters, CHECK_INTERVAL);
  }

  static EventFollower start(
      EventSource source,
      EventSink sink,
      Health health,
      MeterRegistry meters,
      Duration checkInterval) {
    EventFollower follower =
        new EventFollower(
            new EventLoop(
                source,
                sink,
                new EventMeters(meters),
                health.readiness("events"),
                health.heartbeat("event-follower", SILENCE_LIMIT),
                checkInterval));
    follower.thread.start();
    return follower;
  }

  /**
   * Whether everything was taken in that was on Kafka when the follower started; or when it last
   * started over.
   */
  public boolean caughtUp() {
    return loop.caughtUp();
  }

  /** Whether it reads, now, and is not behind. */
  public boolean upToDate() {
    return loop.isUpToDate();
  }

  /** Waits for {@link #caughtUp}, and says whether it came to that. */
  public boolean awaitCaughtUp(Duration patience) {
    try {
      return loop.awaitCaughtUp(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Blocks until the thread has ended, for some seconds at most. */
  @Override
  public void close() {
    loop.stop();
    thread.interrupt();
    try {
      if (!thread.join(CLOSE_PATIENCE)) {
        log.warn("The event follower did not stop within {} s", CLOSE_PATIENCE.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
