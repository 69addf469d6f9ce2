package io.alertcap.trigger.decision;

import io.alertcap.schemas.Alert;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.Target;
import io.alertcap.trigger.decision.Decision.Suppressed;
import io.alertcap.trigger.rule.Rule;
import java.time.Instant;
import java.util.Optional;

/** What looking up leads to: a decision, or a capture that is wanted and has to be claimed. */
sealed interface Step {

  /** Decided without a claim. */
  record Settled(Decision decision) implements Step {}

  /** What a rule would capture for an alert. */
  record Wanted(Alert alert, Rule rule, Target target) implements Step {

    CaptureRequest request(Instant receivedAt, Instant now) {
      return new CaptureRequest(
          CaptureId.of(alert.startsAt(), rule.name(), alert.fingerprint(), identity(target)),
          rule.name(),
          Optional.empty(),
          Optional.of(alert),
          target,
          rule.capture(),
          Optional.of(receivedAt),
          now,
          now.plus(rule.expireAfter()));
    }

    Suppressed suppressed(SuppressedReason reason, String detail) {
      return new Suppressed(alert, Optional.of(rule.name()), Optional.of(target), reason, detail);
    }

    /**
     * A pod is one whichever of its containers leads into it, and however often they start again; a
     * container ID is unique by itself; what stands in for one is so on its node only.
     */
    private static String identity(Target target) {
      return target
          .podUid()
          .map(uid -> "pod/" + uid)
          .or(target::containerId)
          .or(() -> target.pid().map(pid -> target.node() + "/pid/" + pid))
          .or(() -> target.netns().map(netns -> target.node() + "/netns" + netns))
          .orElseGet(() -> target.node() + "/host");
    }
  }
}
