package io.alertcap.trigger.decision;

import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.Target;
import io.alertcap.trigger.decision.Claim.Claimed;
import io.alertcap.trigger.decision.Claim.Cooldown;
import io.alertcap.trigger.decision.Claim.Duplicate;
import io.alertcap.trigger.decision.Claim.OverBudget;
import io.alertcap.trigger.decision.OrderVerdict.Refused;
import io.alertcap.trigger.rule.Rule;
import io.alertcap.trigger.target.TargetAnswer;
import io.alertcap.trigger.target.TargetFinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Decides about captures that people ask for: by the same targets, policy and budgets as those of
 * alerts, but without cooldown, and each of them a new one. Thread-safe, and never waits.
 */
public final class Orders {

  /** Who asks by hand looks at it now. */
  private static final Duration EXPIRE_AFTER = Duration.ofMinutes(2);

  private final TargetFinder targets;
  private final TriggerPolicy policy;
  private final CaptureHistory history;
  private final Clock clock;

  public Orders(TargetFinder targets, TriggerPolicy policy, CaptureHistory history, Clock clock) {
    this.targets = targets;
    this.policy = policy;
    this.history = history;
    this.clock = clock;
  }

  /** Decides; every capture of the verdict is claimed from the history. */
  public OrderVerdict decide(Order order) {
    return switch (targets.find(order.target(), order.labels())) {
      case TargetAnswer.Unavailable(String reason) -> new OrderVerdict.CatalogUnavailable(reason);
      case TargetAnswer.NoTarget(String reason) -> new OrderVerdict.NoTarget(reason);
      case TargetAnswer.Found found -> decide(order, found);
    };
  }

  private OrderVerdict decide(Order order, TargetAnswer.Found found) {
    List<CaptureRequest> captures = new ArrayList<>();
    List<Refused> refused = new ArrayList<>();
    for (Target target : found.targets()) {
      CaptureRequest request = request(order, target);
      objection(request).ifPresentOrElse(refused::add, () -> captures.add(request));
    }
    found
        .optedOut()
        .forEach(pod ->
            refused.add(new Refused(pod.target(), SuppressedReason.POLICY, pod.objection())));
    return new OrderVerdict.Decided(captures, refused);
  }

  /** Why not, or else the capture is claimed. */
  private Optional<Refused> objection(CaptureRequest request) {
    Target target = request.target();
    Optional<String> forbidden = policy.objection(target);
    if (forbidden.isPresent()) {
      return Optional.of(new Refused(target, SuppressedReason.POLICY, forbidden.get()));
    }
    return switch (history.claim(request, policy.termsByHand(request.rule(), target))) {
      case Claimed claimed -> Optional.empty();
      case OverBudget(String reason) ->
          Optional.of(new Refused(target, SuppressedReason.BUDGET, reason));
      case Claim.Again(CaptureId id) ->
          Optional.of(new Refused(target, SuppressedReason.DUPLICATE, "it was tried as " + id));
      case Duplicate(CaptureId id) ->
          Optional.of(new Refused(target, SuppressedReason.DUPLICATE, "it is capture " + id));
      case Cooldown(Instant until) ->
          Optional.of(new Refused(target, SuppressedReason.COOLDOWN, "until " + until));
    };
  }

  private CaptureRequest request(Order order, Target target) {
    Instant now = clock.instant();
    return new CaptureRequest(
        CaptureId.of(now, Rule.MANUAL, UUID.randomUUID().toString()),
        Rule.MANUAL,
        order.reason(),
        order.requestedBy(),
        Optional.empty(),
        target,
        order.capture(),
        Optional.empty(),
        now,
        now.plus(EXPIRE_AFTER));
  }
}
