package io.alertcap.trigger.record;

import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRecord;
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
 * after every restart. Thread-safe.
 */
final class Ledger {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  private enum Part {
    RUNNING,
    HOUR,
    DAY
  }

  /** When a part of an expense stops counting. */
  private record Due(Instant at, CaptureId id, Part part) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = at.compareTo(other.at);
      int byId = byTime == 0 ? id.compareTo(other.id) : byTime;
      return byId == 0 ? part.compareTo(other.part) : byId;
    }
  }

  private final Clock clock;
  private final Map<CaptureId, Expense> expenses = new HashMap<>();
  private final NavigableSet<Due> dues = new TreeSet<>();
  private final Map<Scope, Account> accounts = new HashMap<>();

  Ledger(Clock clock) {
    this.clock = clock;
  }

  /** For a command that is on its way. */
  synchronized void reserve(CaptureRequest request) {
    put(Expense.of(request));
  }

  /** Takes back what was reserved. */
  synchronized void cancel(CaptureId id) {
    Expense expense = expenses.remove(id);
    if (expense != null) {
      close(expense);
    }
  }

  /** What is known of a capture by now. */
  synchronized void update(CaptureRecord capture) {
    Expense.of(capture).ifPresent(this::put);
  }

  /** Why there is no room for this capture, if there is none. */
  synchronized Optional<String> objection(CaptureRequest request, List<Limit> limits) {
    settle(clock.instant());
    Expense expense = Expense.of(request);
    return limits.stream()
        .flatMap(limit ->
            accounts
                .getOrDefault(limit.scope(), new Account())
                .objection(limit.budget(), expense.bytes())
                .map(reason -> limit.scope() + ": " + reason)
                .stream())
        .findFirst();
  }

  private void put(Expense expense) {
    Instant now = clock.instant();
    settle(now);
    Expense known = expenses.get(expense.id());
    if (expense.equals(known)) {
      return;
    }
    if (known != null) {
      close(known);
      expenses.remove(known.id());
    }
    if (due(expense, lastPart(expense)).at().isAfter(now)) {
      expenses.put(expense.id(), expense);
      open(expense, Part.DAY, now);
      open(expense, Part.HOUR, now);
      if (expense.running()) {
        open(expense, Part.RUNNING, now);
      }
    }
  }

  private void open(Expense expense, Part part, Instant now) {
    Due due = due(expense, part);
    if (due.at().isAfter(now) && dues.add(due)) {
      book(expense, part, 1);
    }
  }

  private void close(Expense expense) {
    for (Part part : Part.values()) {
      if (dues.remove(due(expense, part))) {
        book(expense, part, -1);
      }
    }
  }

  /** The part that stops counting last: a capture may run for longer than the day it began in. */
  private static Part lastPart(Expense expense) {
    boolean outlastsDay = expense.running() && expense.until().isAfter(expense.at().plus(DAY));
    return outlastsDay ? Part.RUNNING : Part.DAY;
  }

  private static Due due(Expense expense, Part part) {
    Instant at =
        switch (part) {
          case RUNNING -> expense.until();
          case HOUR -> expense.at().plus(HOUR);
          case DAY -> expense.at().plus(DAY);
        };
    return new Due(at, expense.id(), part);
  }

  private void settle(Instant now) {
    while (!dues.isEmpty() && !dues.first().at().isAfter(now)) {
      Due due = dues.removeFirst();
      Expense expense = expenses.get(due.id());
      if (expense != null) {
        book(expense, due.part(), -1);
        if (due.part() == lastPart(expense)) {
          expenses.remove(due.id());
        }
      }
    }
  }

  private void book(Expense expense, Part part, int sign) {
    for (Scope scope : expense.scopes()) {
      Account account = accounts.computeIfAbsent(scope, s -> new Account());
      switch (part) {
        case RUNNING -> account.running += sign;
        case HOUR -> account.withinHour += sign;
        case DAY -> account.bytesWithinDay += sign * expense.bytes();
      }
      if (account.isEmpty()) {
        accounts.remove(scope);
      }
    }
  }
}
