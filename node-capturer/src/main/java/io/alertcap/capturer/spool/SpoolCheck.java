package io.alertcap.capturer.spool;

import io.alertcap.foundation.health.Readiness;
import io.alertcap.foundation.health.RecurringTasks;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says on {@code /readyz} whether the spool can be written, and has room. A full one is ready: each
 * capture is refused with the reason, what is there is uploaded, and a store that is away for long
 * fills the spools of all nodes.
 */
public final class SpoolCheck {

  private static final Duration PERIOD = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(SpoolCheck.class);

  private final Spool spool;
  private final Readiness readiness;
  private Optional<String> known = Optional.empty();

  public SpoolCheck(Spool spool, Readiness readiness) {
    this.spool = spool;
    this.readiness = readiness;
  }

  /** Looks now, and then every 5 s. */
  public void start(RecurringTasks watch) {
    spool.foreign().sentence().ifPresent(log::warn);
    watch.every(PERIOD, this::look);
  }

  void look() {
    Optional<String> broken = broken();
    Optional<String> problem = broken.or(spool::shortage);
    if (broken.isPresent()) {
      readiness.notReady(broken.get());
    } else if (problem.isPresent()) {
      readiness.readyBut(problem.get());
    } else {
      spool.foreign().sentence().ifPresentOrElse(readiness::readyBut, readiness::ready);
    }
    if (!problem.equals(known)) {
      problem.ifPresent(log::warn);
    }
    known = problem;
  }

  /** Where there is no room nothing can be written either, but nothing is broken. */
  private Optional<String> broken() {
    try {
      var unused = spool.usedBytes();
      if (spool.shortage().isEmpty()) {
        spool.probe();
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          "The spool cannot be used (" + e + "): free space, or repair spool.directory.");
    }
  }
}
