package io.alertcap.trigger.record;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

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
  private final Map<RuleAndTarget, NavigableSet<Position>> byRuleAndTarget = new HashMap<>();

  public CaptureRecords(RecordLimits limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
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
    evict();
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
    NavigableSet<Position> captures = byRuleAndTarget.getOrDefault(ruleAndTarget, new TreeSet<>());
    for (Position position : captures) {
      CaptureRecord capture = byId.get(position.id());
      if (capture != null
          && (!capture.status().terminal() || capture.timings().filterActiveAt().isPresent())) {
        return Optional.of(position.at());
      }
    }
    return Optional.empty();
  }

  private void link(CaptureRecord capture) {
    Position position = Position.of(capture);
    byId.put(capture.id(), capture);
    newestFirst.add(position);
    counts.merge(capture.status(), 1, Integer::sum);
    if (capture.status().terminal()) {
      ended.add(position);
    }
    RuleAndTarget.of(capture)
        .ifPresent(key -> byRuleAndTarget.computeIfAbsent(key, k -> new TreeSet<>()).add(position));
  }

  /** Leaves the record to be found, and in its place in the list if it is to stay there. */
  private void unlink(CaptureRecord capture, Position next) {
    Position position = Position.of(capture);
    if (!position.equals(next)) {
      newestFirst.remove(position);
    }
    counts.merge(capture.status(), -1, Integer::sum);
    ended.remove(position);
    RuleAndTarget.of(capture)
        .ifPresent(key ->
            byRuleAndTarget.computeIfPresent(
                key,
                (k, captures) -> {
                  captures.remove(position);
                  return captures.isEmpty() ? null : captures;
                }));
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
