package io.alertcap.trigger.record;

import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.Target;
import java.util.Optional;

/**
 * What a cooldown is about: a rule, and the pod that it captures.
 *
 * @param identity what tells the pod from another that has, or will have, its name: its UID, or
 *     where a container is a pod of its own, the container's ID; absent where neither is known
 */
record RuleAndTarget(String rule, String namespace, String pod, Optional<String> identity) {

  private static RuleAndTarget of(String rule, Target target) {
    return new RuleAndTarget(
        rule, target.namespace(), target.pod(), target.podUid().or(target::containerId));
  }

  static RuleAndTarget of(CaptureRequest request) {
    return of(request.rule(), request.target());
  }

  /** Empty while nothing is known of a capture but that its command could not be read. */
  static Optional<RuleAndTarget> of(CaptureRecord capture) {
    return capture.target().flatMap(target -> capture.rule().map(rule -> of(rule, target)));
  }
}
