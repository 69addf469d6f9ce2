package io.alertcap.trigger.web;

import io.alertcap.schemas.CaptureRecord;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells followers of every change of a record. One thread serves them all, from the same few
 * thousand changes; whoever is slower than that is disconnected, and told to start again.
 */
public final class CaptureFeed implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(CaptureFeed.class);

  private static final int MAX_CHANGES = 4096;

  /** Of JSON: some hundred records with reports, thousands without. */
  private static final long MAX_BYTES = 4L << 20;

  private static final int MAX_FOLLOWERS = 64;
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

  private final Changes changes;
  private final int mostFollowers;
  private final Semaphore seats;
  private final Queue<Follower> followers = new ConcurrentLinkedQueue<>();
  private final BlockingQueue<Boolean> bell = new ArrayBlockingQueue<>(1);
  private final Thread thread;
  private final Counter tooSlow;
  private volatile boolean closed;

  /** Begins to serve, on a thread of its own. */
  public CaptureFeed(MeterRegistry meters) {
    this(MAX_CHANGES, MAX_FOLLOWERS, meters);
  }

  CaptureFeed(int mostChanges, int mostFollowers, MeterRegistry meters) {
    this.changes = new Changes(mostChanges, MAX_BYTES);
    this.mostFollowers = mostFollowers;
    this.seats = new Semaphore(mostFollowers);
    Gauge.builder("alertcap.http.followers", followers, Queue::size)
        .description("Clients that follow the changes of records")
        .register(meters);
    this.tooSlow =
        Counter.builder("alertcap.http.followers.dropped")
            .description("Clients that were disconnected since they did not keep up")
            .register(meters);
    this.thread = Thread.ofPlatform().name("capture-feed").daemon().start(this::run);
  }

  /** Takes in a change; never waits. */
  public void add(CaptureRecord capture) {
    changes.add(capture);
    ring();
  }

  /**
   * A stream for one follower, to be begun or abandoned; nothing where there are enough.
   *
   * @param lastEventId of the event that it saw last, before it came back
   */
  Optional<Reply.Stream> open(Optional<String> lastEventId) {
    return seats.tryAcquire() ? Optional.of(new Seat(lastEventId)) : Optional.empty();
  }

  /** How many may follow at a time. */
  int mostFollowers() {
    return mostFollowers;
  }

  private final class Seat implements Reply.Stream {

    private final Optional<String> lastEventId;

    Seat(Optional<String> lastEventId) {
      this.lastEventId = lastEventId;
    }

    @Override
    public void begin(HttpServerRequest request, Sending sending) {
      Optional<Long> resumeAfter = lastEventId.flatMap(changes::resumable);
      boolean missed = lastEventId.isPresent() && resumeAfter.isEmpty();
      Follower follower =
          new Follower(request, changes, resumeAfter, missed, CaptureFeed.this::ring);
      if (closed) {
        follower.end();
      } else {
        followers.add(follower);
        ring();
      }
    }

    @Override
    public void abandon() {
      seats.release();
    }
  }

  private void ring() {
    var unused = bell.offer(true);
  }

  private void run() {
    try {
      while (!closed) {
        var unused = bell.poll(Follower.HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
        followers.removeIf(this::gone);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      followers.forEach(Follower::end);
    }
  }

  /** What one follower throws ends nobody else's stream. */
  private boolean gone(Follower follower) {
    Follower.State state;
    try {
      state = follower.serve();
    } catch (RuntimeException | Error e) {
      log.error("Unexpected error while serving a follower, whose stream ends", e);
      follower.cut();
      seats.release();
      return true;
    }
    if (state == Follower.State.TOO_SLOW) {
      tooSlow.increment();
    }
    if (state != Follower.State.FOLLOWING) {
      seats.release();
      return true;
    }
    return false;
  }

  /** Ends every stream, so that the server need not wait for them. */
  @Override
  public void close() {
    closed = true;
    ring();
    try {
      if (!thread.join(CLOSE_PATIENCE)) {
        log.warn("The feed of captures did not stop within {} s", CLOSE_PATIENCE.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
