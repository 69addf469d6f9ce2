package io.alertcap.trigger.kubernetes;

import io.alertcap.foundation.health.Readiness;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the watches: whether all that is needed was ever listed, and whether it is followed
 * now. A watch that is interrupted for a moment, as each is every few minutes, is not worth a word.
 */
final class ClusterWatch implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ClusterWatch.class);

  private static final Duration TURN = Duration.ofMillis(500);

  private final List<Watch> watches;
  private final Readiness readiness;
  private final Clock clock;
  private final Duration grace;
  private final CountDownLatch listed = new CountDownLatch(1);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  private volatile Optional<Instant> interruptedAt = Optional.empty();
  private boolean stale;

  private ClusterWatch(List<Watch> watches, Readiness readiness, Clock clock, Duration grace) {
    this.watches = watches;
    this.readiness = readiness;
    this.clock = clock;
    this.grace = grace;
    this.thread =
        Thread.ofPlatform()
            .name("cluster-watch")
            .daemon()
            .uncaughtExceptionHandler((t, e) -> log.error("The cluster is looked after no more", e))
            .unstarted(this::run);
  }

  /**
   * Takes over the watches, which it closes.
   *
   * @param grace how long one may be interrupted before that is said
   */
  static ClusterWatch start(
      List<Watch> watches, Readiness readiness, MeterRegistry meters, Clock clock, Duration grace) {
    ClusterWatch watch = new ClusterWatch(List.copyOf(watches), readiness, clock, grace);
    Gauge.builder("alertcap.catalog.stale", watch, ClusterWatch::secondsStale)
        .description("For how long the catalog has not heard of changes; 0 while it does")
        .baseUnit("seconds")
        .register(meters);
    watch.thread.start();
    return watch;
  }

  /** Why nothing can be said about the cluster; nothing once everything was listed. */
  Optional<String> unknown() {
    return listed.getCount() == 0
        ? Optional.empty()
        : watches.stream().filter(watch -> !watch.listed()).findFirst().map(Watch::problem);
  }

  /** Waits until everything was listed, and says whether it came to that. */
  boolean awaitListed(Duration patience) {
    try {
      return listed.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void run() {
    try {
      do {
        turn();
      } while (!closing.await(TURN.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      log.debug("Interrupted: the cluster is looked after no more");
    }
  }

  private void turn() {
    Optional<String> unknown = unknown();
    if (unknown.isPresent()) {
      readiness.notReady(unknown.get());
      return;
    }
    if (listed.getCount() > 0) {
      log.info("The cluster is known");
      listed.countDown();
    }
    Optional<Watch> interrupted = watches.stream().filter(watch -> !watch.live()).findFirst();
    if (interrupted.isEmpty()) {
      live();
    } else {
      interrupted(interrupted.get());
    }
  }

  private void live() {
    if (stale) {
      log.info("The cluster is followed again");
    }
    stale = false;
    interruptedAt = Optional.empty();
    watches.forEach(Watch::recovered);
    readiness.ready();
  }

  private void interrupted(Watch watch) {
    Instant since = interruptedAt.orElseGet(clock::instant);
    interruptedAt = Optional.of(since);
    if (since.plus(grace).isAfter(clock.instant())) {
      return;
    }
    String problem = "targets are as of " + since + ": " + watch.problem();
    if (!stale) {
      log.warn("The cluster is not followed; {}", problem);
    }
    stale = true;
    readiness.readyBut(problem);
  }

  private double secondsStale() {
    return interruptedAt
        .map(since -> Duration.between(since, clock.instant()))
        .filter(age -> age.compareTo(grace) >= 0)
        .map(Duration::toSeconds)
        .orElse(0L)
        .doubleValue();
  }

  @Override
  public void close() {
    closing.countDown();
    thread.interrupt();
    watches.forEach(Watch::close);
  }
}
