package io.alertcap.trigger.record;

import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.trigger.decision.Terms.Limit;
import io.alertcap.trigger.decision.Terms.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What captures have taken of every budget. Each capture has one {@link Expense}, which is replaced
 * as more becomes known of it, and stops counting as time passes; so what is taken is the same
 * after every restart. Only those that run are kept one by one. Thread-safe.
 */
final class Ledger {

  static final Duration DAY = Duration.ofDays(1);
  private static final Duration HOUR = Duration.ofHours(1);

  /** When a capture is done at the latest. */
  private record Due(Instant at, CaptureId id) implements Comparable<Due> {

    static Due of(Expense expense) {
      return new Due(expense.until(), expense.id());
    }

    @Override
    public int compareTo(Due other) {
      int byTime = at.compareTo(other.at);
      return byTime == 0 ? id.compareTo(other.id) : byTime;
    }
  }

  private final Clock clock;

  /** For commands that are on their way, until they are on record. */
  private final Map<CaptureId, Expense> reserved = new HashMap<>();

  private final Map<CaptureId, Expense> running = new HashMap<>();
  private final NavigableSet<Due> dues = new TreeSet<>();
  private final Map<Scope, Long> runningNow = new HashMap<>();
  private final SlidingSum withinHour = new SlidingSum(HOUR, Duration.ofSeconds(1));
  private final SlidingSum bytesWithinDay = new SlidingSum(DAY, Duration.ofMinutes(1));

  Ledger(Clock clock) {
    this.clock = clock;
  }

  /** For a command that is on its way. */
  synchronized void reserve(CaptureRequest request) {
    Expense expense = Expense.of(request);
    reserved.put(expense.id(), expense);
    book(expense, 1);
  }

  /** Takes back what was reserved, unless its capture came on record. */
  synchronized void cancel(CaptureId id) {
    Expense expense = reserved.remove(id);
    if (expense != null) {
      book(expense, -1);
    }
  }

  /**
   * More is known of a capture.
   *
   * @param known what it took by what was known before
   */
  synchronized void update(Optional<Expense> known, Expense now) {
    cancel(now.id());
    known.ifPresent(expense -> book(expense, -1));
    book(now, 1);
  }

  /** Why there is no room for this capture, if there is none. */
  synchronized Optional<String> objection(CaptureRequest request, List<Limit> limits) {
    settle(clock.instant());
    long bytes = Expense.of(request).bytes();
    return limits.stream()
        .flatMap(limit ->
            account(limit.scope())
                .objection(limit.budget(), bytes)
                .map(reason -> limit.scope() + ": " + reason)
                .stream())
        .findFirst();
  }

  /** Forgets all but what is on its way. */
  synchronized void clear() {
    Map<CaptureId, Expense> onTheirWay = Map.copyOf(reserved);
    reserved.clear();
    running.clear();
    dues.clear();
    runningNow.clear();
    withinHour.clear();
    bytesWithinDay.clear();
    onTheirWay.forEach((id, expense) -> {
      reserved.put(id, expense);
      book(expense, 1);
    });
  }

  private Account account(Scope scope) {
    return new Account(
        runningNow.getOrDefault(scope, 0L), withinHour.of(scope), bytesWithinDay.of(scope));
  }

  private void book(Expense expense, int sign) {
    Instant now = clock.instant();
    settle(now);
    if (expense.running()) {
      run(expense, sign, now);
    }
    for (Scope scope : expense.scopes()) {
      if (withinHour.covers(expense.at(), now)) {
        withinHour.add(scope, expense.at(), sign);
      }
      if (bytesWithinDay.covers(expense.at(), now)) {
        bytesWithinDay.add(scope, expense.at(), sign * expense.bytes());
      }
    }
  }

  private void run(Expense expense, int sign, Instant now) {
    if (sign < 0) {
      Expense known = running.remove(expense.id());
      if (known != null) {
        dues.remove(Due.of(known));
        count(known, -1);
      }
    } else if (expense.until().isAfter(now) && running.putIfAbsent(expense.id(), expense) == null) {
      dues.add(Due.of(expense));
      count(expense, 1);
    }
  }

  private void settle(Instant now) {
    withinHour.settle(now);
    bytesWithinDay.settle(now);
    while (!dues.isEmpty() && !dues.first().at().isAfter(now)) {
      Expense over = running.remove(dues.removeFirst().id());
      if (over != null) {
        count(over, -1);
      }
    }
  }

  private void count(Expense expense, long sign) {
    for (Scope scope : expense.scopes()) {
      runningNow.merge(scope, sign, (a, b) -> a + b == 0 ? null : a + b);
    }
  }
}
