package io.alertcap.capturer.upload;

import io.alertcap.foundation.health.Health;
import io.alertcap.foundation.health.Readiness;
import io.alertcap.foundation.health.RecurringTasks;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says on {@code /readyz} whether the store can be used: asks it, on a thread of its own, and is
 * told what uploads find. Without it the capturer is ready all the same, since files wait in the
 * spool. A store that was there and that nobody needs is not asked, since every node of a cluster
 * would.
 */
final class StoreWatch implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(StoreWatch.class);

  private static final Duration UNTIL_ASKED_AGAIN = Duration.ofSeconds(10);

  /** With the patience of the question, which is 5 s, less than 10 s. */
  private static final Duration UNTIL_DOUBTED = Duration.ofSeconds(3);

  private final ArtifactStore store;
  private final Readiness readiness;
  private final AtomicInteger deliveries = new AtomicInteger();
  private final RecurringTasks thread;
  private volatile Optional<String> problem = Optional.of("not asked yet");

  StoreWatch(ArtifactStore store, Health health) {
    this.store = store;
    this.readiness = health.readiness("store");
    this.thread = health.recurring("store-watch");
  }

  /** Asks for the bucket now, and again for as long as it is needed or cannot be used. */
  void start() {
    thread.every(UNTIL_ASKED_AGAIN, this::askAgain);
    thread.every(UNTIL_DOUBTED, UNTIL_DOUBTED, this::doubt);
  }

  /** The store is needed while this runs, however long it takes. */
  void during(Runnable delivery) {
    deliveries.incrementAndGet();
    try {
      delivery.run();
    } finally {
      deliveries.decrementAndGet();
    }
  }

  /** The store has answered, or not. */
  void answered(StoreAnswer answer) {
    switch (answer) {
      case StoreAnswer.Done done -> {
        problem = Optional.empty();
        readiness.ready();
      }
      case StoreAnswer.Failed(String reason, boolean unused) -> failed(reason);
    }
  }

  /** Asks for the bucket, unless the last answer was good. */
  void askAgain() {
    if (problem.isPresent()) {
      report(store.probe());
    }
  }

  /**
   * Asks whether the store that a delivery waits for still answers, for the delivery itself has the
   * patience that large files need. What the store refuses the delivery is told at once.
   */
  void doubt() {
    if (problem.isEmpty()
        && deliveries.get() > 0
        && store.probe() instanceof StoreAnswer.Failed failed
        && !failed.needsOperator()) {
      report(failed);
    }
  }

  @Override
  public void close() {
    thread.close();
  }

  /** What was interrupted says nothing. */
  private void report(StoreAnswer answer) {
    if (!thread.isClosed()) {
      answered(answer);
    }
  }

  private void failed(String reason) {
    boolean isNews = !problem.equals(Optional.of(reason));
    problem = Optional.of(reason);
    readiness.readyBut(reason);
    if (isNews) {
      log.warn("Captures are kept on the node for now: {}", reason);
    }
  }
}
