package io.alertcap.trigger.record;

import io.alertcap.schemas.Alert;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.CaptureStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;

/**
 * Every capture that is remembered. When there is no more room the oldest one goes, one that has
 * ended before one that has not.
 *
 * <p>Thread-safe; reading never waits for writing.
 */
public final class CaptureRecords implements MeterBinder {

  private final RecordLimits limits;
  private final Clock clock;
  private final SharedParts shared = new SharedParts();

  private final Map<CaptureId, CaptureRecord> byId = new ConcurrentHashMap<>();
  private final NavigableSet<Position> newestFirst = new ConcurrentSkipListSet<>();
  private final Map<CaptureStatus, Integer> counts = new ConcurrentHashMap<>();

  /** Guarded by {@code this}, as is every change of the other collections. */
  private final NavigableSet<Position> ended = new TreeSet<>();

  /** Guarded by {@code this}. */
  private final Index<RuleAndTarget> byRuleAndTarget = new Index<>();

  /** Guarded by {@code this}. */
  private final Index<Incident> byIncident = new Index<>();

  /** Those whose file is not closed, by the fingerprint of their alert; guarded by {@code this}. */
  private final Index<String> running = new Index<>();

  private final Ledger ledger;

  /** Guarded by {@code this}. */
  private Consumer<CaptureRecord> changed = record -> {};

  public CaptureRecords(RecordLimits limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
    this.ledger = new Ledger(clock);
  }

  /** Takes in what happened; an event that was taken in before changes nothing. */
  public synchronized void add(CaptureEvent event) {
    CaptureRecord known = byId.get(event.id());
    CaptureRecord now = known == null ? CaptureRecord.of(event) : known.with(event);
    if (now.equals(known)) {
      return;
    }
    boolean asked = now.target().isPresent() && (known == null || known.target().isEmpty());
    CaptureRecord kept = asked ? shared.share(now) : now;
    if (known != null) {
      unlink(known, Position.of(kept));
    }
    link(kept);
    ledger.update(kept);
    evict();
    changed.accept(kept);
  }

  /**
   * Tells of every change from now on, in their order; in place of whoever was told before.
   *
   * @param consumer is given the record after the change, and must not wait for anything
   */
  public synchronized void onChange(Consumer<CaptureRecord> consumer) {
    changed = consumer;
  }

  /** The record of this capture, if it is remembered. */
  public Optional<CaptureRecord> find(CaptureId id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** How many captures have this status now. */
  public int count(CaptureStatus status) {
    return counts.getOrDefault(status, 0);
  }

  @Override
  public void bindTo(MeterRegistry meters) {
    for (CaptureStatus status : CaptureStatus.values()) {
      Gauge.builder("alertcap.captures", this, records -> records.count(status))
          .description("Captures in the record, by where they stand")
          .tag("status", status.code())
          .register(meters);
    }
  }

  /** Those that match, newest first. Takes time in proportion to the records that do not. */
  public Page list(RecordQuery query) {
    NavigableSet<Position> rest =
        query.cursor().map(cursor -> newestFirst.tailSet(cursor.last(), false)).orElse(newestFirst);
    List<CaptureRecord> page = new ArrayList<>();
    for (Position position : rest) {
      if (query.since().filter(position.at()::isBefore).isPresent()) {
        break;
      }
      CaptureRecord capture = byId.get(position.id());
      if (capture == null || !query.matches(capture)) {
        continue;
      }
      if (page.size() == query.limit()) {
        return new Page(page, Optional.of(new Cursor(Position.of(page.getLast()))));
      }
      page.add(capture);
    }
    return new Page(page, Optional.empty());
  }

  /**
   * When this rule last had this target captured. A capture that ended before it kept a packet does
   * not count: nothing came of it, so nothing has to cool down.
   */
  synchronized Optional<Instant> lastCapture(RuleAndTarget ruleAndTarget) {
    return newest(byRuleAndTarget.get(ruleAndTarget)).map(Position::at);
  }

  /**
   * The capture that was made of this incident, if one was. An alert that began before a capture of
   * it was commanded is the one which that capture is of, wherever its start is said to be now.
   */
  synchronized Optional<CaptureId> captureOf(Incident incident, Instant startsAt) {
    return newest(byIncident.get(incident))
        .filter(position -> !startsAt.isAfter(position.at()))
        .map(Position::id);
  }

  /** Those of this alert whose file is not known to be closed. */
  synchronized List<CaptureRecord> running(String fingerprint) {
    return running.get(fingerprint).stream()
        .flatMap(position -> find(position.id()).stream())
        .toList();
  }

  /** What captures have taken of the budgets. */
  Ledger ledger() {
    return ledger;
  }

  private Optional<Position> newest(NavigableSet<Position> captures) {
    return captures.stream()
        .filter(position -> find(position.id()).filter(CaptureRecords::counts).isPresent())
        .findFirst();
  }

  private static boolean counts(CaptureRecord capture) {
    return !capture.status().terminal() || capture.timings().filterActiveAt().isPresent();
  }

  /** Whether it ended before a packet was kept, and not because a person called it off. */
  static boolean cameToNothing(CaptureRecord capture) {
    return switch (capture.status()) {
      case EXPIRED, REJECTED, FAILED -> !counts(capture);
      case REQUESTED, STARTED, CAPTURED, CANCELLED, COMPLETED -> false;
    };
  }

  private static Optional<String> runningAlert(CaptureRecord capture) {
    return capture.status() == CaptureStatus.REQUESTED || capture.status() == CaptureStatus.STARTED
        ? capture.alert().map(Alert::fingerprint)
        : Optional.empty();
  }

  private void link(CaptureRecord capture) {
    Position position = Position.of(capture);
    byId.put(capture.id(), capture);
    newestFirst.add(position);
    counts.merge(capture.status(), 1, Integer::sum);
    if (capture.status().terminal()) {
      ended.add(position);
    }
    RuleAndTarget.of(capture).ifPresent(key -> byRuleAndTarget.add(key, position));
    Incident.of(capture).ifPresent(key -> byIncident.add(key, position));
    runningAlert(capture).ifPresent(key -> running.add(key, position));
  }

  /** Leaves the record to be found, and in its place in the list if it is to stay there. */
  private void unlink(CaptureRecord capture, Position next) {
    Position position = Position.of(capture);
    if (!position.equals(next)) {
      newestFirst.remove(position);
    }
    counts.merge(capture.status(), -1, Integer::sum);
    ended.remove(position);
    RuleAndTarget.of(capture).ifPresent(key -> byRuleAndTarget.remove(key, position));
    Incident.of(capture).ifPresent(key -> byIncident.remove(key, position));
    runningAlert(capture).ifPresent(key -> running.remove(key, position));
  }

  private void evict() {
    Instant oldest = clock.instant().minus(limits.maxAge());
    while (!newestFirst.isEmpty() && newestFirst.last().at().isBefore(oldest)) {
      forget(newestFirst.last());
    }
    while (byId.size() > limits.maxRecords()) {
      forget(ended.isEmpty() ? newestFirst.last() : ended.last());
    }
  }

  private void forget(Position position) {
    CaptureRecord capture = byId.remove(position.id());
    newestFirst.remove(position);
    if (capture != null) {
      unlink(capture, position);
    }
  }
}
