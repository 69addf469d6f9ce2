package io.alertcap.trigger.record;

import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureStatus;
import io.alertcap.schemas.json.EventMessage;
import io.alertcap.schemas.json.Json;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every capture that is remembered: the fold of {@code alertcap.events}, on disk. Of what lies
 * there only the budgets are held in memory, so that neither many captures nor large reports fill
 * it. While the disk is full, a bounded number of captures waits in memory to be written.
 *
 * <p>Thread-safe; whoever reads does not wait for whoever writes. Every method may block for as
 * long as the disk does.
 */
public final class CaptureRecords implements EventSink, MeterBinder, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(CaptureRecords.class);

  private final RecordStore store;
  private final Ledger ledger;
  private final Unwritten unwritten = new Unwritten();

  /** Guarded by {@code this}. */
  private Consumer<CaptureRecord> changed = record -> {};

  private CaptureRecords(RecordStore store, Ledger ledger) {
    this.store = store;
    this.ledger = ledger;
  }

  /**
   * Opens what is remembered.
   *
   * @throws IOException with a sentence, if the directory cannot be used
   */
  public static CaptureRecords open(RecordSettings settings, Clock clock) throws IOException {
    Ledger ledger = new Ledger(clock);
    RecordStore store = RecordStore.open(settings, clock);
    CaptureRecords records = new CaptureRecords(store, ledger);
    try {
      Instant now = clock.instant();
      store.ask((captures, statements) -> {
        captures.expenses(now.minus(Ledger.DAY), now, it -> ledger.update(Optional.empty(), it));
        return true;
      });
      return records;
    } catch (RecordUnavailable e) {
      store.close();
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public synchronized ReadingPlace begin(String topicId) {
    if (store.begin(topicId)) {
      forgetAll();
    }
    return store.place();
  }

  @Override
  public synchronized Taken take(List<? extends EventMessage.Known> events, ReadingPlace after) {
    if (store.startOverIfDamaged()) {
      forgetAll();
      return Taken.STARTED_OVER;
    }
    if (!events.isEmpty() || unwritten.size() > 0) {
      keep(events, Optional.of(after));
    }
    return Taken.ALL;
  }

  /**
   * Takes in what this service has just told Kafka, in order to know it before it is read from
   * there. What cannot be taken in is read from there all the same, and nothing is decided before.
   */
  public synchronized void add(List<? extends CaptureEvent> events) {
    try {
      keep(events.stream().map(EventMessage.Step::new).toList(), Optional.empty());
    } catch (RecordUnavailable e) {
      log.warn("What was commanded is on record once it is read from Kafka: {}", e.sentence());
    }
  }

  /** The same of one event. */
  public void add(CaptureEvent event) {
    add(List.of(event));
  }

  private void keep(List<? extends EventMessage.Known> events, Optional<ReadingPlace> after) {
    EventFold fold = EventFold.of(events, this::find);
    if (store.write(unwritten.with(fold.now()), after)) {
      unwritten.clear();
    } else if (unwritten.put(fold.now())) {
      after.ifPresent(store::reached);
    } else {
      throw new RecordUnavailable(
          store.problem().orElse("The record of captures cannot be written"), Optional.empty());
    }
    fold.changes().forEach(this::account);
    fold.steps().forEach(changed);
  }

  private void account(EventFold.Change change) {
    Outline now = change.now().outline();
    store.count(change.before().map(Outline::status), now.status());
    now.expense().ifPresent(it -> ledger.update(change.before().flatMap(Outline::expense), it));
  }

  private void forgetAll() {
    unwritten.clear();
    ledger.clear();
  }

  /**
   * Tells of every change from now on, in their order; in place of whoever was told before.
   *
   * @param consumer is given the record after the change, and must not wait for anything
   */
  public synchronized void onChange(Consumer<CaptureRecord> consumer) {
    changed = consumer;
  }

  /** To be rebuilt. */
  void distrust() {
    store.distrust(new IllegalStateException("somebody said so"));
  }

  /** Why the record cannot be trusted or written, if so; nothing is to be decided meanwhile. */
  public Optional<String> problem() {
    return store.problem();
  }

  /** Whether decisions can be made by it, now. */
  public boolean usable() {
    return store.isTrusted() && !unwritten.isFull();
  }

  /**
   * The record of this capture, if it is remembered.
   *
   * @throws RecordUnavailable if that cannot be told
   */
  public Optional<CaptureRecord> find(CaptureId id) {
    Optional<Unwritten.Entry> newer = unwritten.find(id);
    return newer.isPresent()
        ? newer.map(Unwritten.Entry::capture)
        : store.ask((captures, statements) -> captures.record(id));
  }

  /** How many captures have this status now. */
  public int count(CaptureStatus status) {
    return store.count(status);
  }

  @Override
  public void bindTo(MeterRegistry meters) {
    for (CaptureStatus status : CaptureStatus.values()) {
      Gauge.builder("alertcap.captures", this, records -> records.count(status))
          .description("Captures in the record, by where they stand")
          .tag("status", status.code())
          .register(meters);
    }
    Gauge.builder("alertcap.record.bytes", store, RecordStore::bytes)
        .description("What the record of captures takes on disk")
        .baseUnit("bytes")
        .register(meters);
    Gauge.builder("alertcap.record.unwritten", unwritten, Unwritten::size)
        .description("Captures that wait in memory since the disk cannot be written")
        .register(meters);
  }

  /**
   * Those that match, newest first.
   *
   * @throws RecordUnavailable if that cannot be told
   */
  public Page list(RecordQuery query) {
    Stream<Page.Entry> newer =
        unwritten.list(query).stream()
            .map(it -> new Page.Entry(it.outline().position(), Json.write(it.capture()).length));
    Stream<Page.Entry> written =
        store.ask((captures, statements) -> captures.list(query, unwritten.size())).stream()
            .filter(entry -> !unwritten.contains(entry.position().id()));
    return Page.of(Stream.concat(newer, written), query.limit());
  }

  /**
   * The JSON of these captures' records, in their order; of those that are remembered still.
   *
   * @throws RecordUnavailable if there is no telling
   */
  public List<byte[]> json(List<CaptureId> ids) {
    return store.ask((captures, statements) -> {
      List<byte[]> json = new ArrayList<>();
      for (CaptureId id : ids) {
        Optional<Unwritten.Entry> newer = unwritten.find(id);
        Optional<byte[]> found =
            newer.isPresent() ? newer.map(it -> Json.write(it.capture())) : captures.json(id);
        found.ifPresent(json::add);
      }
      return json;
    });
  }

  /** What decisions need of this capture, if it is remembered. */
  Optional<Outline> outline(CaptureId id) {
    Optional<Unwritten.Entry> newer = unwritten.find(id);
    return newer.isPresent()
        ? newer.map(Unwritten.Entry::outline)
        : store.ask((captures, statements) -> captures.outline(id));
  }

  /**
   * When this rule last had this target captured. A capture that ended before it kept a packet does
   * not count: nothing came of it, so nothing has to cool down.
   */
  Optional<Instant> lastCapture(RuleAndTarget target) {
    Optional<Position> newer =
        unwritten.newest(outline -> outline.ruleAndTarget().filter(target::equals).isPresent());
    Optional<Position> written =
        store.ask((captures, statements) -> captures.newest(target, unwritten::contains));
    return newest(newer, written).map(Position::at);
  }

  /**
   * The capture that was made of this incident, if one was. An alert that began before a capture of
   * it was commanded is the one which that capture is of, wherever its start is said to be now.
   */
  Optional<CaptureId> captureOf(Incident incident, Instant startsAt) {
    Optional<Position> newer =
        unwritten.newest(outline -> outline.incident().filter(incident::equals).isPresent());
    Optional<Position> written =
        store.ask((captures, statements) -> captures.newest(incident, unwritten::contains));
    return newest(newer, written)
        .filter(position -> !startsAt.isAfter(position.at()))
        .map(Position::id);
  }

  private static Optional<Position> newest(Optional<Position> a, Optional<Position> b) {
    return Stream.concat(a.stream(), b.stream()).min(Position::compareTo);
  }

  /** Those of this alert whose file is not known to be closed. */
  List<CaptureRecord> running(String fingerprint) {
    List<CaptureId> written = store.ask((captures, statements) -> captures.open(fingerprint));
    Stream<CaptureId> newer =
        unwritten
            .all(entry -> entry.outline().fingerprint().filter(fingerprint::equals).isPresent())
            .stream()
            .map(entry -> entry.outline().id());
    return Stream.concat(newer, written.stream())
        .distinct()
        .flatMap(id -> find(id).stream())
        .filter(capture -> Outline.of(capture).open())
        .toList();
  }

  /** Commands of which their node should have spoken before then, and has not. */
  List<CaptureRequest> silent(Instant before, int limit) {
    return store.ask((captures, statements) -> captures.silent(before, limit)).stream()
        .filter(request -> !unwritten.contains(request.id()))
        .toList();
  }

  /** What captures have taken of the budgets. */
  Ledger ledger() {
    return ledger;
  }

  @Override
  public void close() {
    store.close();
  }
}
