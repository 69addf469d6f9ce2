package io.alertcap.trigger.record;

import io.alertcap.schemas.CaptureRecord;
import java.util.List;
import java.util.Optional;

/**
 * A part of the list, newest first.
 *
 * @param next where the following page begins; absent on the last one
 */
public record Page(List<CaptureRecord> captures, Optional<Cursor> next) {
  public Page {
    captures = List.copyOf(captures);
  }
}
