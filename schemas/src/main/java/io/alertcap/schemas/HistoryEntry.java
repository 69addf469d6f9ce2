package io.alertcap.schemas;

import java.time.Instant;

/**
 * That an event of this type happened.
 *
 * @param type of the event
 * @param at when it happened, by the clock of who took the step
 */
public record HistoryEntry(CaptureStatus type, Instant at) {

  public HistoryEntry {
    Constraints.present(type, "type");
    Constraints.present(at, "at");
  }
}
