package io.alertcap.trigger.target;

import io.alertcap.schemas.Target;
import java.util.List;

/** Whom a rule captures for an alert. */
public sealed interface TargetAnswer {

  /**
   * There are pods.
   *
   * @param targets to be captured, the best first
   * @param optedOut those that would be among them, had their owners not objected
   */
  record Found(List<Target> targets, List<OptedOut> optedOut) implements TargetAnswer {
    public Found {
      targets = List.copyOf(targets);
      optedOut = List.copyOf(optedOut);
      if (targets.isEmpty() && optedOut.isEmpty()) {
        throw new IllegalArgumentException("a finder that found nothing has to say why");
      }
    }
  }

  /**
   * A pod that is not to be captured.
   *
   * @param objection a clause for people
   */
  record OptedOut(Target target, String objection) {}

  /**
   * There is nothing to capture.
   *
   * @param reason a clause for each kind that was tried
   */
  record NoTarget(String reason) implements TargetAnswer {}

  /**
   * The catalog cannot tell, now; it may be able to later.
   *
   * @param reason a clause
   */
  record Unavailable(String reason) implements TargetAnswer {}
}
