package io.alertcap.trigger.record;

import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.json.Json;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Captures as they are, of which the disk still has an earlier state, or none: until it can be
 * written again. Empty nearly always. Thread-safe.
 */
final class Unwritten {

  /** Of their JSON; in memory it is about three times as much. */
  private static final long MOST_BYTES = 8L << 20;

  /** For what this service itself commands meanwhile. */
  private static final long ROOM = 2L << 20;

  private final Map<CaptureId, Entry> entries = new LinkedHashMap<>();
  private long bytes;

  /**
   * A capture.
   *
   * @param request as its command had it, where its node has not said a word yet
   */
  record Entry(CaptureRecord capture, Outline outline, Optional<CaptureRequest> request) {}

  private record Sized(Entry entry, long bytes) {}

  synchronized Optional<Entry> find(CaptureId id) {
    return Optional.ofNullable(entries.get(id));
  }

  /** Those that match, in no order. */
  synchronized List<Entry> all(Predicate<Entry> which) {
    return entries.values().stream().filter(which).toList();
  }

  /** The newest that matches and counts. */
  Optional<Position> newest(Predicate<Outline> which) {
    return all(entry -> entry.outline().counts() && which.test(entry.outline())).stream()
        .map(entry -> entry.outline().position())
        .min(Position::compareTo);
  }

  synchronized boolean contains(CaptureId id) {
    return entries.containsKey(id);
  }

  /** Whether there is hardly room for more. */
  synchronized boolean isFull() {
    return bytes > MOST_BYTES - ROOM;
  }

  synchronized int size() {
    return entries.size();
  }

  /** Takes all of them, or none since they are too many. */
  synchronized boolean put(Collection<Entry> more) {
    List<Sized> sized = more.stream().map(Unwritten::sized).toList();
    long added = sized.stream().mapToLong(Sized::bytes).sum();
    if (bytes + added > MOST_BYTES) {
      return false;
    }
    bytes += added; // what is replaced is not taken off: it is a bound, not a measure
    sized.forEach(it -> entries.put(it.entry().outline().id(), it.entry()));
    return true;
  }

  /** With these in place of what is known of the same captures. */
  synchronized Collection<Entry> with(Collection<Entry> more) {
    Map<CaptureId, Entry> all = new LinkedHashMap<>(entries);
    more.forEach(entry -> all.put(entry.outline().id(), entry));
    return all.values();
  }

  synchronized void clear() {
    entries.clear();
    bytes = 0;
  }

  private static Sized sized(Entry entry) {
    return new Sized(entry, Json.write(entry.capture()).length);
  }

  /** Those of the list that match. */
  List<Entry> list(RecordQuery query) {
    return all(entry -> query.matches(entry.capture(), entry.outline().position()));
  }
}
