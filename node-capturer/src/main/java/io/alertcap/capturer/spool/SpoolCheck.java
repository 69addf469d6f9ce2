package io.alertcap.capturer.spool;

import io.alertcap.foundation.health.Readiness;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Says on {@code /readyz} whether the spool can be written, and has room. */
public final class SpoolCheck {

  private static final Duration PERIOD = Duration.ofSeconds(30);

  private final Spool spool;
  private final Readiness readiness;

  public SpoolCheck(Spool spool, Readiness readiness) {
    this.spool = spool;
    this.readiness = readiness;
  }

  /** Looks now, and then twice a minute. */
  public void start(ScheduledExecutorService watch) {
    var unused =
        watch.scheduleWithFixedDelay(this::look, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  void look() {
    Optional<String> problem = spool.shortage().or(this::notWritable);
    if (problem.isPresent()) {
      readiness.notReady(problem.get());
    } else {
      readiness.ready();
    }
  }

  private Optional<String> notWritable() {
    try {
      spool.probe();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          "The spool cannot be written (" + e + "): free space, or repair spool.directory.");
    }
  }
}
