package io.alertcap.capturer.upload;

import io.alertcap.capturer.meter.CapturerMeters;
import io.alertcap.capturer.meter.LogContext;
import io.alertcap.capturer.prepare.UploadPreparation;
import io.alertcap.capturer.retry.Backoff;
import io.alertcap.capturer.spool.Spool;
import io.alertcap.capturer.spool.SpooledCapture;
import io.alertcap.foundation.health.Health;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureStatus;
import io.alertcap.schemas.DurationText;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers captures, two at a time, and tries again until they were tried for {@code
 * spool.keepFor}, as {@link TriedTime} counts it.
 */
public final class Uploader implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Uploader.class);

  private static final int CONCURRENT = 2;
  private static final Duration CLOSING = Duration.ofSeconds(2);

  /** The journal is told of each hundredth of the time: what a kill takes back is no more. */
  private static final int NOTES = 100;

  /** Between attempts to deliver one capture. */
  public static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

  private final UploadPreparation preparation;
  private final ArtifactStore store;
  private final String prefix;
  private final Spool spool;
  private final Duration keepFor;
  private final Backoff backoff;
  private final Consumer<SpooledCapture> changed;
  private final CapturerMeters meters;
  private final StoreWatch watch;
  private final Clock clock;
  private final ScheduledThreadPoolExecutor threads;

  /** Deliveries whose next attempt is due or under way. */
  private final Set<Delivery> due = new HashSet<>();

  private volatile boolean closing;

  /**
   * @param preparation makes what is stored
   * @param store closed together with this
   * @param prefix of every key, without slashes at its ends
   * @param keepFor how long a delivery is tried, not counting what {@link TriedTime} does not
   * @param changed told when the journal of a capture has an event more
   * @param health is told under {@code store} whether the store can be used
   */
  public Uploader(
      UploadPreparation preparation,
      ArtifactStore store,
      String prefix,
      Spool spool,
      Duration keepFor,
      Backoff backoff,
      Consumer<SpooledCapture> changed,
      CapturerMeters meters,
      Health health,
      Clock clock) {
    this.preparation = preparation;
    this.store = store;
    this.prefix = prefix;
    this.spool = spool;
    this.keepFor = keepFor;
    this.backoff = backoff;
    this.changed = changed;
    this.meters = meters;
    this.watch = new StoreWatch(store, health);
    this.clock = clock;
    AtomicInteger number = new AtomicInteger();
    this.threads =
        new ScheduledThreadPoolExecutor(
            CONCURRENT,
            task -> Thread.ofPlatform().name("upload-" + number.incrementAndGet()).unstarted(task));
    threads.setRemoveOnCancelPolicy(true);
  }

  /** Asks for the bucket now, and again for as long as it is needed or cannot be used. */
  public void start() {
    watch.start();
  }

  /** Delivers a capture that was captured. Returns at once. */
  public void submit(SpooledCapture capture) {
    TriedTime tried = new TriedTime(capture.journal().triedFor(), keepFor, System::nanoTime);
    schedule(
        new Delivery(capture, preparation, store, prefix, clock, tried, keepFor.dividedBy(NOTES)),
        Duration.ZERO);
  }

  /**
   * Waits for deliveries that are due or under way, not for those that wait for another attempt.
   * What is not delivered then is taken up at the next start.
   */
  public void close(Duration atMost) {
    try {
      awaitDue(atMost);
      closing = true;
      threads.shutdownNow();
      boolean unused = threads.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      closing = true;
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    } finally {
      watch.close();
      store.close();
    }
  }

  @Override
  public void close() {
    close(CLOSING);
  }

  private void awaitDue(Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    synchronized (due) {
      while (!due.isEmpty()) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          return;
        }
        due.wait(left);
      }
    }
  }

  private void schedule(Delivery delivery, Duration delay) {
    if (closing) {
      return;
    }
    if (delay.isZero()) {
      setDue(delivery, true);
    }
    var unused = threads.schedule(() -> attempt(delivery), delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void setDue(Delivery delivery, boolean isDue) {
    synchronized (due) {
      boolean unused = isDue ? due.add(delivery) : due.remove(delivery);
      due.notifyAll();
    }
  }

  private void attempt(Delivery delivery) {
    setDue(delivery, true);
    try {
      LogContext.during(delivery.capture().id(), () -> watch.during(() -> deliver(delivery)));
    } finally {
      setDue(delivery, false);
    }
  }

  private void deliver(Delivery delivery) {
    if (delivery.capture().status() != CaptureStatus.CAPTURED) {
      return;
    }
    try {
      switch (delivery.attempt()) {
        case DeliveryAnswer.Delivered(CaptureEvent.Completed completed) ->
            delivered(delivery, completed);
        case DeliveryAnswer.NotStored(StoreAnswer.Failed failure) -> notStored(delivery, failure);
        case DeliveryAnswer.NotPrepared(String reason) -> notDelivered(delivery, reason);
      }
    } catch (RuntimeException | Error e) { // the pool would swallow it, and the delivery with it
      log.error("Unexpected error in a delivery", e);
      notDelivered(delivery, "The delivery failed: " + e);
    }
  }

  private void delivered(Delivery delivery, CaptureEvent.Completed completed) {
    meters.uploadAttempt(true);
    meters.uploaded(completed.artifact().bytes());
    watch.answered(new StoreAnswer.Done());
    end(delivery, completed);
    log.info(
        "Uploaded {} bytes, {} packets, to {}/{}.",
        completed.artifact().bytes(),
        completed.artifact().packets(),
        store.bucket(),
        completed.artifact().key());
  }

  private void notStored(Delivery delivery, StoreAnswer.Failed failure) {
    if (!closing) {
      meters.uploadAttempt(false);
      watch.answered(failure);
      notDelivered(delivery, failure.reason());
    }
  }

  private void notDelivered(Delivery delivery, String reason) {
    if (closing) {
      return;
    }
    if (delivery.overdue()) {
      giveUp(delivery, reason);
    } else {
      Duration delay =
          backoff.delay(Math.max(1, delivery.failures()), RandomGenerator.getDefault());
      log.warn("{} Trying again in {} ms.", reason, delay.toMillis());
      schedule(delivery, delay);
    }
  }

  private void giveUp(Delivery delivery, String reason) {
    delivery.abort();
    String message =
        "The file could not be delivered within spool.keepFor, %s, and is kept on the node as %s. %s"
            .formatted(
                DurationText.format(keepFor), spool.keptFile(delivery.capture().id()), reason);
    end(delivery, delivery.givenUp(message));
    try {
      spool.keepUndelivered(delivery.capture());
    } catch (IOException e) {
      log.error("The file stays at {} for now: {}", delivery.capture().file(), e.toString());
    }
    log.error("{}", message);
  }

  private void end(Delivery delivery, CaptureEvent event) {
    delivery.capture().record(event);
    meters.captureEnded(event);
    changed.accept(delivery.capture());
  }
}
