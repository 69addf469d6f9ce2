package io.alertcap.trigger.kubernetes;

import io.alertcap.foundation.health.RecurringTasks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Asks the API server every few seconds, about one kind of objects after the other. A watch alone
 * does not tell a server that died in silence from a cluster in which nothing happens, goes on for
 * minutes after its right to be there was taken away, and does not say why it cannot be recreated.
 */
final class Inquiry implements AutoCloseable {

  private final List<Watch> watches;
  private final Clock clock;
  private final Duration patience;
  private final RecurringTasks thread;

  /** Only the one thread touches it. */
  private int turn;

  private volatile Instant answeredAt;

  private Inquiry(List<Watch> watches, Clock clock, Duration patience, RecurringTasks thread) {
    this.watches = watches;
    this.clock = clock;
    this.patience = patience;
    this.answeredAt = clock.instant();
    this.thread = thread;
  }

  /**
   * @param patience how old the last good answer may be; twice within it there is a question
   * @param thread closed together with this
   */
  static Inquiry start(List<Watch> watches, Clock clock, Duration patience, RecurringTasks thread) {
    Inquiry inquiry = new Inquiry(List.copyOf(watches), clock, patience, thread);
    thread.every(patience.dividedBy(2), patience.dividedBy(2), inquiry::ask);
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

  private void ask() {
    if (next().ask()) {
      turn++;
      answeredAt = clock.instant();
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
    thread.close();
  }
}
