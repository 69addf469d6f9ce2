package io.alertcap.trigger.record;

import io.alertcap.schemas.Alert;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.CaptureStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * What decisions and lists need of a capture, without its reports.
 *
 * @param counts whether packets were kept or still may be: of a capture that ended before it kept
 *     one nothing came, so nothing has to cool down
 * @param expense what it takes of the budgets; absent while its command is not known
 */
record Outline(
    Position position,
    CaptureStatus status,
    boolean counts,
    Optional<RuleAndTarget> ruleAndTarget,
    Optional<String> fingerprint,
    Optional<Expense> expense) {

  static Outline of(CaptureRecord capture) {
    return new Outline(
        Position.of(capture),
        capture.status(),
        !capture.status().terminal() || capture.timings().filterActiveAt().isPresent(),
        RuleAndTarget.of(capture),
        capture.alert().map(Alert::fingerprint),
        Expense.of(capture));
  }

  CaptureId id() {
    return position.id();
  }

  Optional<Incident> incident() {
    return ruleAndTarget.flatMap(key -> fingerprint.map(alert -> new Incident(key, alert)));
  }

  /** When it was commanded, if that is known. */
  Optional<Instant> commandedAt() {
    return expense.map(Expense::at);
  }

  /** Whether its file is not known to be closed. */
  boolean open() {
    return status == CaptureStatus.REQUESTED || status == CaptureStatus.STARTED;
  }

  /** Whether it ended before a packet was kept, and not because a person called it off. */
  boolean cameToNothing() {
    return switch (status) {
      case EXPIRED, REJECTED, FAILED -> !counts;
      case REQUESTED, STARTED, CAPTURED, CANCELLED, COMPLETED -> false;
    };
  }
}
