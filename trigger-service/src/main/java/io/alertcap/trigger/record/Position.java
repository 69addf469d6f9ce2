package io.alertcap.trigger.record;

import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.HistoryEntry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;

/**
 * Where a capture stands in the list: newest first, and by id where the time is the same.
 *
 * @param at when it was commanded, to the microsecond; while that is unknown, the time of its
 *     earliest event
 */
record Position(Instant at, CaptureId id) implements Comparable<Position> {

  private static final Comparator<Position> NEWEST_FIRST =
      Comparator.comparing(Position::at).thenComparing(Position::id).reversed();

  static Position of(CaptureRecord capture) {
    Instant at =
        capture
            .timings()
            .commandedAt()
            .or(() -> capture.history().stream().map(HistoryEntry::at).min(Instant::compareTo))
            .orElse(Instant.EPOCH);
    return new Position(at.truncatedTo(ChronoUnit.MICROS), capture.id());
  }

  @Override
  public int compareTo(Position other) {
    return NEWEST_FIRST.compare(this, other);
  }
}
