package io.alertcap.capturer.spool;

import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureResult;
import io.alertcap.schemas.CaptureStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the node knows of one capture: what was asked for, and the events that came of it. The last
 * event is the state that the capture is in, and the events that Kafka has not acknowledged yet are
 * what is still to be told: one file, one atomic write per step, no state that could contradict an
 * event.
 *
 * @param format of the journal; a reader refuses one that it does not know
 * @param acceptedAt when the command was taken
 * @param request absent only where the command was too broken to tell
 * @param stop set if a stop arrived before the capture began
 * @param events in the order in which they happened
 * @param acknowledged how many of the events are known to be on Kafka
 * @param uploads ids of the multipart uploads under way, by object key
 * @param triedFor how long its delivery has been tried, in whole seconds
 * @param destination which store it is for; absent in journals of versions that did not note it
 */
public record CaptureJournal(
    int format,
    CaptureId id,
    Instant acceptedAt,
    Optional<CaptureRequest> request,
    Optional<CaptureEnd> stop,
    List<CaptureEvent> events,
    int acknowledged,
    Map<String, String> uploads,
    Duration triedFor,
    Optional<String> destination) {

  private static final int FORMAT = 1;

  public CaptureJournal {
    if (format != FORMAT) {
      throw new IllegalArgumentException("format is " + format + ", and this reads " + FORMAT);
    }
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(acceptedAt, "acceptedAt");
    request = present(request);
    stop = present(stop);
    events = List.copyOf(events);
    uploads = copy(uploads);
    triedFor = known(triedFor);
    destination = present(destination);
    if (acknowledged < 0 || acknowledged > events.size()) {
      throw new IllegalArgumentException("acknowledged is " + acknowledged);
    }
    if (request.isEmpty() && events.isEmpty()) {
      throw new IllegalArgumentException("there is neither a request nor an event");
    }
  }

  /** A capture that is to be run. */
  static CaptureJournal accepted(CaptureRequest request, Instant at, Optional<String> destination) {
    return new CaptureJournal(
        FORMAT,
        request.id(),
        at,
        Optional.of(request),
        Optional.empty(),
        List.of(),
        0,
        Map.of(),
        Duration.ZERO,
        destination);
  }

  /** A capture that ends before it began. */
  static CaptureJournal ended(CaptureEvent end, Optional<String> destination) {
    return new CaptureJournal(
        FORMAT,
        end.id(),
        end.at(),
        end.asked(),
        Optional.empty(),
        List.of(end),
        0,
        Map.of(),
        Duration.ZERO,
        destination);
  }

  /** {@link CaptureStatus#REQUESTED} until something has come of it. */
  public CaptureStatus status() {
    return events.isEmpty() ? CaptureStatus.REQUESTED : events.getLast().status();
  }

  /** What was asked for, of a capture that was accepted. */
  public CaptureRequest asked() {
    return request.orElseThrow(() -> new IllegalStateException(id + " has no request"));
  }

  /** The event with which capturing began. */
  public Optional<CaptureEvent.Started> started() {
    return first(CaptureEvent.Started.class);
  }

  /** What capturing yielded. */
  public Optional<CaptureResult> result() {
    return first(CaptureEvent.Captured.class).map(CaptureEvent.Captured::result);
  }

  /** What Kafka has not acknowledged, in order. */
  public List<CaptureEvent> unacknowledged() {
    return events.subList(acknowledged, events.size());
  }

  /** The multipart upload under way of the object with this key. */
  public Optional<String> uploadOf(String key) {
    return Optional.ofNullable(uploads.get(key));
  }

  /** Whether nothing is left to do or to tell. */
  public boolean done() {
    return status().terminal() && acknowledged == events.size();
  }

  /** The record as these events tell it, with {@code more} as one that is about to happen. */
  public CaptureRecord recordWith(CaptureEvent more) {
    CaptureRecord record = CaptureRecord.of(more);
    if (request.isPresent()) {
      record = record.with(new CaptureEvent.Requested(asked(), asked().commandedAt()));
    }
    for (CaptureEvent event : events) {
      record = record.with(event);
    }
    return record;
  }

  /**
   * The journal with one step more.
   *
   * @throws IllegalStateException if no such step can follow
   */
  CaptureJournal with(CaptureEvent event) {
    if (!mayFollow(event)) {
      throw new IllegalStateException(
          id + ": " + event.status().code() + " cannot follow " + status().code());
    }
    return new CaptureJournal(
        format,
        id,
        acceptedAt,
        request,
        stop,
        Stream.concat(events.stream(), Stream.of(event)).toList(),
        acknowledged,
        uploads,
        triedFor,
        destination);
  }

  CaptureJournal withStop(CaptureEnd end) {
    return new CaptureJournal(
        format,
        id,
        acceptedAt,
        request,
        Optional.of(end),
        events,
        acknowledged,
        uploads,
        triedFor,
        destination);
  }

  CaptureJournal withAcknowledged(int count) {
    return new CaptureJournal(
        format,
        id,
        acceptedAt,
        request,
        stop,
        events,
        Math.max(acknowledged, count),
        uploads,
        triedFor,
        destination);
  }

  CaptureJournal withUpload(String key, Optional<String> uploadId) {
    Map<String, String> next = new HashMap<>(uploads);
    next.remove(key);
    uploadId.ifPresent(begun -> next.put(key, begun));
    return new CaptureJournal(
        format, id, acceptedAt, request, stop, events, acknowledged, next, triedFor, destination);
  }

  CaptureJournal withDestination(String store) {
    return new CaptureJournal(
        format,
        id,
        acceptedAt,
        request,
        stop,
        events,
        acknowledged,
        uploads,
        triedFor,
        Optional.of(store));
  }

  CaptureJournal withTriedFor(Duration tried) {
    return new CaptureJournal(
        format, id, acceptedAt, request, stop, events, acknowledged, uploads, tried, destination);
  }

  private boolean mayFollow(CaptureEvent event) {
    return switch (status()) {
      case REQUESTED ->
          switch (event) {
            case CaptureEvent.Requested e -> false;
            case CaptureEvent.Captured e -> false;
            case CaptureEvent.Completed e -> false;
            case CaptureEvent.Started e -> true;
            case CaptureEvent.Failed e -> true;
            case CaptureEvent.Rejected e -> true;
            case CaptureEvent.Expired e -> true;
            case CaptureEvent.Cancelled e -> true;
          };
      case STARTED ->
          event instanceof CaptureEvent.Captured || event instanceof CaptureEvent.Failed;
      case CAPTURED ->
          event instanceof CaptureEvent.Completed || event instanceof CaptureEvent.Failed;
      case EXPIRED, REJECTED, CANCELLED, FAILED, COMPLETED -> false;
    };
  }

  private <E extends CaptureEvent> Optional<E> first(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  private static Map<String, String> copy(@Nullable Map<String, String> uploads) {
    return uploads == null ? Map.of() : Map.copyOf(uploads);
  }

  /** Journals of versions that did not count it have none. */
  private static Duration known(@Nullable Duration tried) {
    return tried == null ? Duration.ZERO : tried;
  }

  /** Jackson passes null for an Optional that JSON leaves out of a record. */
  @SuppressWarnings("NullableOptional")
  private static <T> Optional<T> present(@Nullable Optional<T> value) {
    return value == null ? Optional.empty() : value;
  }
}
