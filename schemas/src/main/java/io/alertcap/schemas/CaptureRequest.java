package io.alertcap.schemas;

import java.time.Instant;
import java.util.Optional;

/**
 * Who asked for which capture, and why. It is made once, by the trigger service, and travels
 * unchanged in the command and in every event, so that each of them can be understood alone.
 *
 * @param id names the capture
 * @param rule that decided for it; {@code manual} if a person asked
 * @param reason a person's words
 * @param requestedBy that person, or their program, by the name that the operator gave them; absent
 *     where an alert asked, and where nobody has a name
 * @param alert absent if a person asked
 * @param target whose packets
 * @param capture which packets
 * @param alertReceivedAt when the webhook arrived
 * @param commandedAt when it was decided; its UTC date is part of the object key
 * @param expiresAt a capture that has not begun by then is not begun
 */
public record CaptureRequest(
    CaptureId id,
    String rule,
    Optional<String> reason,
    Optional<String> requestedBy,
    Optional<Alert> alert,
    Target target,
    CaptureSpec capture,
    Optional<Instant> alertReceivedAt,
    Instant commandedAt,
    Instant expiresAt) {

  public CaptureRequest {
    Constraints.present(id, "id");
    Constraints.rule(rule, "rule");
    reason = Constraints.optional(reason);
    reason.ifPresent(text -> Constraints.reason(text, "reason"));
    requestedBy = Constraints.optional(requestedBy);
    requestedBy.ifPresent(name -> Constraints.caller(name, "requestedBy"));
    alert = Constraints.optional(alert);
    Constraints.present(target, "target");
    Constraints.present(capture, "capture");
    alertReceivedAt = Constraints.optional(alertReceivedAt);
    Constraints.present(commandedAt, "commandedAt");
    Constraints.present(expiresAt, "expiresAt");
    if (expiresAt.isBefore(commandedAt)) {
      throw new InvalidField("expiresAt", "must not be before commandedAt");
    }
  }

  /** The same, of an alert that is told in other words. */
  public CaptureRequest with(Alert other) {
    return new CaptureRequest(
        id,
        rule,
        reason,
        requestedBy,
        Optional.of(other),
        target,
        capture,
        alertReceivedAt,
        commandedAt,
        expiresAt);
  }

  /** The same under another id. */
  public CaptureRequest withId(CaptureId other) {
    return new CaptureRequest(
        other,
        rule,
        reason,
        requestedBy,
        alert,
        target,
        capture,
        alertReceivedAt,
        commandedAt,
        expiresAt);
  }

  /** With nobody who is known by name. */
  public CaptureRequest(
      CaptureId id,
      String rule,
      Optional<String> reason,
      Optional<Alert> alert,
      Target target,
      CaptureSpec capture,
      Optional<Instant> alertReceivedAt,
      Instant commandedAt,
      Instant expiresAt) {
    this(
        id,
        rule,
        reason,
        Optional.empty(),
        alert,
        target,
        capture,
        alertReceivedAt,
        commandedAt,
        expiresAt);
  }
}
