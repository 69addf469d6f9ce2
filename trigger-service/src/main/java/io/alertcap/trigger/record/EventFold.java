package io.alertcap.trigger.record;

import io.alertcap.schemas.AccessEvent;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureStatus;
import io.alertcap.schemas.json.EventMessage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What some events change: each capture once, however many of them are about it. */
final class EventFold {

  private final Function<CaptureId, Optional<CaptureRecord>> known;
  private final Map<CaptureId, Change> changes = new LinkedHashMap<>();
  private final List<CaptureRecord> steps = new ArrayList<>();

  private EventFold(Function<CaptureId, Optional<CaptureRecord>> known) {
    this.known = known;
  }

  /** A capture before the events, and after them. */
  record Change(Optional<Outline> before, Unwritten.Entry now) {}

  /**
   * Folds events into what is known.
   *
   * @param events in their order
   * @param known the record of a capture before them
   */
  static EventFold of(
      List<? extends EventMessage.Known> events,
      Function<CaptureId, Optional<CaptureRecord>> known) {
    EventFold fold = new EventFold(known);
    for (EventMessage.Known event : events) {
      switch (event) {
        case EventMessage.Step(CaptureEvent step) -> fold.add(step);
        case EventMessage.Accessed(AccessEvent access) -> fold.add(access);
      }
    }
    return fold;
  }

  Collection<Change> changes() {
    return changes.values();
  }

  /** The captures that have changed, as they are now. */
  List<Unwritten.Entry> now() {
    return changes.values().stream().map(Change::now).toList();
  }

  /** Every state that captures had on the way, in order. */
  List<CaptureRecord> steps() {
    return steps;
  }

  private void add(CaptureEvent event) {
    Optional<CaptureRecord> before = soFar(event.id());
    CaptureRecord now = before.map(it -> it.with(event)).orElseGet(() -> CaptureRecord.of(event));
    change(before, now, event.asked());
  }

  /** Of a capture that is forgotten it does not matter any more. */
  private void add(AccessEvent event) {
    Optional<CaptureRecord> before = soFar(event.id());
    before.ifPresent(it -> change(before, it.with(event.access()), Optional.empty()));
  }

  private Optional<CaptureRecord> soFar(CaptureId id) {
    return Optional.ofNullable(changes.get(id))
        .map(change -> change.now().capture())
        .or(() -> known.apply(id));
  }

  private void change(
      Optional<CaptureRecord> before, CaptureRecord now, Optional<CaptureRequest> asked) {
    if (before.filter(now::equals).isPresent()) {
      return;
    }
    Optional<Change> earlier = Optional.ofNullable(changes.get(now.id()));
    Outline outline = Outline.of(now);
    Optional<CaptureRequest> waiting =
        asked.filter(request -> outline.status() == CaptureStatus.REQUESTED);
    changes.put(
        now.id(),
        new Change(
            earlier.map(Change::before).orElseGet(() -> before.map(Outline::of)),
            new Unwritten.Entry(now, outline, waiting)));
    steps.add(now);
  }
}
