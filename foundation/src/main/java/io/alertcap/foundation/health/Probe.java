package io.alertcap.foundation.health;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks again and again, on a thread of its own, whether something outside can be used. The
 * readiness of a part is told each answer, the log each new one.
 */
public final class Probe implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Probe.class);

  private static final Duration CLOSING = Duration.ofSeconds(1);

  /** To the next question, where the answer was bad: what is mended is used soon. */
  private static final Duration BAD_INTERVAL = Duration.ofSeconds(1);

  private final String name;
  private final Supplier<Optional<String>> question;
  private final Runnable good;
  private final Consumer<String> bad;
  private final Thread thread;
  private final CountDownLatch wasGood = new CountDownLatch(1);
  private final CountDownLatch closing = new CountDownLatch(1);
  private Optional<String> known = Optional.empty();

  private Probe(
      String name,
      Duration interval,
      Supplier<Optional<String>> question,
      Runnable good,
      Consumer<String> bad) {
    this.name = name;
    this.question = question;
    this.good = good;
    this.bad = bad;
    this.thread =
        Thread.ofPlatform().name("probe-" + name).daemon().unstarted(() -> askEvery(interval));
  }

  /**
   * For what the service cannot begin without, and is {@linkplain Readiness#interrupted
   * interrupted} by where it goes away.
   *
   * @param name of the check, for the thread and the log
   * @param interval from a good answer to the next question
   * @param question returns what is wrong, as a sentence for the operator; may block for seconds
   */
  public static Probe ofNeeded(
      String name, Duration interval, Supplier<Optional<String>> question, Readiness readiness) {
    return started(new Probe(name, interval, question, readiness::ready, readiness::interrupted));
  }

  /** For what it works less well without: it is ready before the first answer. */
  public static Probe ofUseful(
      String name, Duration interval, Supplier<Optional<String>> question, Readiness readiness) {
    readiness.readyBut("it is not known yet whether it is whole");
    return started(new Probe(name, interval, question, readiness::ready, readiness::readyBut));
  }

  private static Probe started(Probe probe) {
    probe.thread.start();
    return probe;
  }

  /** Waits for the first good answer, and says whether there was one. */
  public boolean awaitGood(Duration patience) {
    try {
      return wasGood.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    closing.countDown();
    thread.interrupt();
    try {
      var unused = thread.join(CLOSING);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void askEvery(Duration interval) {
    try {
      Duration pause;
      do {
        ask();
        pause = known.isPresent() && interval.compareTo(BAD_INTERVAL) > 0 ? BAD_INTERVAL : interval;
      } while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      log.debug("The probe of {} ends", name);
    }
  }

  private void ask() {
    Optional<String> problem;
    try {
      problem = question.get();
    } catch (RuntimeException | Error e) {
      log.error("Unexpected error while asking for {}", name, e);
      problem = Optional.of("it is not known whether it can be used: " + e);
    }
    if (closing.getCount() == 0) {
      return; // what was interrupted says nothing
    }
    problem.ifPresentOrElse(bad, good);
    if (!problem.equals(known)) {
      problem.ifPresentOrElse(
          reason -> log.warn("{}: {}", name, reason), () -> log.info("{}: ready again", name));
    }
    known = problem;
    if (problem.isEmpty()) {
      wasGood.countDown();
    }
  }
}
