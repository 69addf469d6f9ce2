package io.alertcap.trigger.record;

import io.alertcap.schemas.Alert;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.CaptureRequest;
import java.util.Optional;

/**
 * One alert, as one rule looks at one pod. Its captures are of one incident unless it began again
 * after the earlier one was commanded.
 *
 * @param fingerprint of the alert
 */
record Incident(RuleAndTarget ruleAndTarget, String fingerprint) {

  /** Empty for a capture that a person asked for. */
  static Optional<Incident> of(CaptureRequest request) {
    return of(Optional.of(RuleAndTarget.of(request)), request.alert());
  }

  static Optional<Incident> of(CaptureRecord capture) {
    return of(RuleAndTarget.of(capture), capture.alert());
  }

  private static Optional<Incident> of(
      Optional<RuleAndTarget> ruleAndTarget, Optional<Alert> alert) {
    return ruleAndTarget.flatMap(
        key -> alert.map(Alert::fingerprint).map(fingerprint -> new Incident(key, fingerprint)));
  }
}
