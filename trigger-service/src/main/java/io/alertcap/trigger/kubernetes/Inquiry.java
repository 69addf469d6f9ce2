package io.alertcap.trigger.kubernetes;

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
 * Asks the API server every few seconds, about one kind of objects after the other. A watch alone
 * does not tell a server that died in silence from a cluster in which nothing happens, goes on for
 * minutes after its right to be there was taken away, and does not say why it cannot be made anew.
 */
final class Inquiry implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Inquiry.class);

  private final List<Watch> watches;
  private final Clock clock;
  private final Duration patience;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  /** Only the one thread touches it. */
  private int turn;

  private volatile Instant answeredAt;

  private Inquiry(List<Watch> watches, Clock clock, Duration patience) {
    this.watches = watches;
    this.clock = clock;
    this.patience = patience;
    this.answeredAt = clock.instant();
    this.thread =
        Thread.ofPlatform()
            .name("cluster-inquiry")
            .daemon()
            .uncaughtExceptionHandler((t, e) -> log.error("The API server is asked no more", e))
            .unstarted(this::run);
  }

  /**
   * @param patience how old the last good answer may be; twice within it there is a question
   */
  static Inquiry start(List<Watch> watches, Clock clock, Duration patience) {
    Inquiry inquiry = new Inquiry(List.copyOf(watches), clock, patience);
    inquiry.thread.start();
    return inquiry;
  }

  /** Since when there was no good answer, where that is longer than patience allows. */
  Optional<Instant> unansweredSince() {
    return Optional.of(answeredAt).filter(at -> at.plus(patience).isBefore(clock.instant()));
  }

  /** Why there is none, as a clause. */
  String problem() {
    return watches.stream()
        .flatMap(watch -> watch.refusal().stream())
        .findFirst()
        .orElse("the API server does not answer");
  }

  private void run() {
    try {
      while (!closing.await(patience.toMillis() / 2, TimeUnit.MILLISECONDS)) {
        if (next().ask()) {
          turn++;
          answeredAt = clock.instant();
        }
      }
    } catch (InterruptedException e) {
      log.debug("Interrupted: the API server is asked no more");
    }
  }

  /** Which needs explaining most; the one that was refused is asked about until it is allowed. */
  private Watch next() {
    return watches.stream()
        .filter(watch -> !watch.live())
        .findFirst()
        .orElseGet(() -> watches.get(turn % watches.size()));
  }

  @Override
  public void close() {
    closing.countDown();
    thread.interrupt();
  }
}
