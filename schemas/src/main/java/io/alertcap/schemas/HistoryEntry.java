package io.alertcap.schemas;

import java.time.Instant;
import java.util.Optional;

/**
 * That an event of this type happened.
 *
 * @param type of the event
 * @param at when it happened, by the clock of who took the step
 * @param code why, where it is a failure
 */
public record HistoryEntry(CaptureStatus type, Instant at, Optional<FailureCode> code) {

  public HistoryEntry {
    Constraints.present(type, "type");
    Constraints.present(at, "at");
    code = Constraints.optional(code);
  }
}
