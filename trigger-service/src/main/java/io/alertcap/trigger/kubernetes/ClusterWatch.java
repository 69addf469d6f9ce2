package io.alertcap.trigger.kubernetes;

import io.alertcap.foundation.health.Health;
import io.alertcap.foundation.health.Readiness;
import io.alertcap.foundation.health.RecurringTasks;
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

  /** Why targets need not be what the cluster has, and since when. */
  private record Doubt(Instant since, String reason) {}

  private final List<Watch> watches;
  private final Inquiry inquiry;
  private final Readiness readiness;
  private final Clock clock;
  private final Duration grace;
  private final CountDownLatch listed = new CountDownLatch(1);
  private final RecurringTasks thread;

  private volatile Optional<Instant> staleSince = Optional.empty();

  /** Only the one thread touches it, and the next. */
  private Optional<Instant> interruptedAt = Optional.empty();

  private Optional<String> said = Optional.empty();

  private ClusterWatch(List<Watch> watches, Health health, Clock clock, Duration grace) {
    this.watches = watches;
    this.inquiry = Inquiry.start(watches, clock, grace, health.recurring("cluster-inquiry"));
    this.readiness = health.readiness("catalog");
    this.thread = health.recurring("cluster-watch");
    this.clock = clock;
    this.grace = grace;
  }

  /**
   * Takes over the watches, which it closes.
   *
   * @param health is told under {@code catalog} whether the cluster is known and followed
   * @param grace how long one may be interrupted before that is said
   */
  static ClusterWatch start(
      List<Watch> watches, Health health, MeterRegistry meters, Clock clock, Duration grace) {
    ClusterWatch watch = new ClusterWatch(List.copyOf(watches), health, clock, grace);
    Gauge.builder("alertcap.catalog.stale", watch, ClusterWatch::secondsStale)
        .description("For how long the catalog cannot be sure to hear of changes; 0 while it is")
        .baseUnit("seconds")
        .register(meters);
    watch.thread.every(TURN, watch::turn);
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
    interruptedAt = interrupted.map(watch -> interruptedAt.orElseGet(clock::instant));
    Optional<Doubt> doubt = interrupted.flatMap(this::outOfDate).or(this::perhapsOutOfDate);
    if (doubt.isPresent()) {
      stale(doubt.get());
    } else if (interrupted.isEmpty()) {
      followed();
    }
  }

  private Optional<Doubt> outOfDate(Watch watch) {
    return interruptedAt
        .filter(since -> !since.plus(grace).isAfter(clock.instant()))
        .map(since -> new Doubt(since, "targets are as of " + since + ": " + watch.problem()));
  }

  private Optional<Doubt> perhapsOutOfDate() {
    return inquiry
        .unansweredSince()
        .map(since -> new Doubt(since, "targets may be as of " + since + ": " + inquiry.problem()));
  }

  private void stale(Doubt doubt) {
    staleSince = Optional.of(doubt.since);
    readiness.readyBut(doubt.reason);
    if (said.filter(doubt.reason::equals).isEmpty()) {
      log.warn("The cluster is not followed; {}", doubt.reason);
    }
    said = Optional.of(doubt.reason);
  }

  private void followed() {
    if (staleSince.isPresent()) {
      log.info("The cluster is followed again");
    }
    staleSince = Optional.empty();
    said = Optional.empty();
    watches.forEach(Watch::recovered);
    readiness.ready();
  }

  private double secondsStale() {
    return staleSince
        .map(since -> Duration.between(since, clock.instant()).toSeconds())
        .orElse(0L)
        .doubleValue();
  }

  @Override
  public void close() {
    thread.close();
    inquiry.close();
    watches.forEach(Watch::close);
  }
}
