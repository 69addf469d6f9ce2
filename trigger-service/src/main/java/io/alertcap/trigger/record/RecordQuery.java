package io.alertcap.trigger.record;

import io.alertcap.schemas.Alert;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.CaptureStatus;
import io.alertcap.schemas.Target;
import java.time.Instant;
import java.util.Optional;

/**
 * Which records to list. A filter that is absent lets every record pass, one that is given lets
 * none pass of which the answer is unknown.
 *
 * @param since only captures commanded at this time or later
 * @param limit of records in a page, from 1 to {@link #MAX_LIMIT}
 * @param cursor of the page before; the first page if absent
 */
public record RecordQuery(
    Optional<String> namespace,
    Optional<String> pod,
    Optional<String> node,
    Optional<String> rule,
    Optional<String> alertname,
    Optional<CaptureStatus> status,
    Optional<Instant> since,
    int limit,
    Optional<Cursor> cursor) {

  public static final int DEFAULT_LIMIT = 50;
  public static final int MAX_LIMIT = 500;

  public RecordQuery {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("must be from 1 to " + MAX_LIMIT);
    }
  }

  /** Whether it is in the list, at the cursor or behind it. */
  boolean matches(CaptureRecord capture, Position position) {
    return since.filter(position.at()::isBefore).isEmpty()
        && cursor.filter(it -> position.compareTo(it.last()) <= 0).isEmpty()
        && matches(capture);
  }

  private boolean matches(CaptureRecord capture) {
    return passes(namespace, capture.target().map(Target::namespace))
        && passes(pod, capture.target().map(Target::pod))
        && passes(node, capture.target().map(Target::node))
        && passes(rule, capture.rule())
        && passes(alertname, capture.alert().map(Alert::alertname))
        && passes(status, Optional.of(capture.status()));
  }

  private static <T> boolean passes(Optional<T> filter, Optional<T> value) {
    return filter.isEmpty() || filter.equals(value);
  }
}
