package io.alertcap.trigger.record;

import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.CaptureRequest;
import java.util.Optional;

/** What a cooldown is about: a rule, and the pod that it captures. */
record RuleAndTarget(String rule, String namespace, String pod) {

  static RuleAndTarget of(CaptureRequest request) {
    return new RuleAndTarget(request.rule(), request.target().namespace(), request.target().pod());
  }

  /** Empty while nothing is known of a capture but that its command could not be read. */
  static Optional<RuleAndTarget> of(CaptureRecord capture) {
    return capture
        .target()
        .flatMap(target ->
            capture.rule().map(rule -> new RuleAndTarget(rule, target.namespace(), target.pod())));
  }
}
