package io.alertcap.trigger.decision;

import io.alertcap.schemas.Alert;
import io.alertcap.schemas.CaptureCommand;
import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.trigger.alertmanager.AlertStatus;
import io.alertcap.trigger.alertmanager.Notification;
import io.alertcap.trigger.alertmanager.NotifiedAlert;
import io.alertcap.trigger.decision.Claim.Claimed;
import io.alertcap.trigger.decision.Claim.Cooldown;
import io.alertcap.trigger.decision.Claim.Duplicate;
import io.alertcap.trigger.decision.Claim.OverBudget;
import io.alertcap.trigger.decision.Decision.Capture;
import io.alertcap.trigger.decision.Decision.Suppressed;
import io.alertcap.trigger.decision.Step.Settled;
import io.alertcap.trigger.decision.Step.Wanted;
import io.alertcap.trigger.decision.Verdict.CatalogUnavailable;
import io.alertcap.trigger.decision.Verdict.Decided;
import io.alertcap.trigger.rule.Rule;
import io.alertcap.trigger.rule.Rules;
import io.alertcap.trigger.target.TargetAnswer.Found;
import io.alertcap.trigger.target.TargetAnswer.NoTarget;
import io.alertcap.trigger.target.TargetAnswer.OptedOut;
import io.alertcap.trigger.target.TargetAnswer.Unavailable;
import io.alertcap.trigger.target.TargetFinder;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides what to capture. Thread-safe, and never waits.
 *
 * <p>First everything is looked up, then captures are claimed: so nothing has to be taken back
 * where the catalog turns out to be unavailable.
 */
public final class Decisions {

  private final Rules rules;
  private final TriggerPolicy policy;
  private final TargetFinder targets;
  private final CaptureHistory history;
  private final Clock clock;

  public Decisions(RuleBook ruleBook, TargetFinder targets, CaptureHistory history, Clock clock) {
    this.rules = ruleBook.rules();
    this.policy = ruleBook.policy();
    this.targets = targets;
    this.history = history;
    this.clock = clock;
  }

  /**
   * Decides about every alert of a notification. The same alert twice is one capture and a
   * duplicate, as it is in two notifications.
   *
   * @param receivedAt when the webhook was called
   */
  public Verdict decide(Notification notification, Instant receivedAt) {
    List<Step> steps = new ArrayList<>();
    List<CaptureCommand.Stop> stops = new ArrayList<>();
    Instant now = clock.instant();
    for (NotifiedAlert notified : notification.alerts()) {
      if (notified.status() == AlertStatus.RESOLVED) {
        List<CaptureCommand.Stop> its = stops(notified, now);
        stops.addAll(its);
        steps.add(resolved(notified.alert(), its.size()));
        continue;
      }
      Optional<Unavailable> unavailable = plan(notified.alert(), steps);
      if (unavailable.isPresent()) {
        return new CatalogUnavailable(unavailable.get().reason());
      }
    }
    return new Decided(
        steps.stream()
            .map(step ->
                switch (step) {
                  case Settled settled -> settled.decision();
                  case Wanted wanted -> claim(wanted, receivedAt, now);
                })
            .toList(),
        stops);
  }

  /**
   * A notification can be late, and the alert fire again by now: what began after it was resolved
   * goes on.
   */
  private List<CaptureCommand.Stop> stops(NotifiedAlert resolved, Instant now) {
    Instant end = resolved.endsAt().orElse(now);
    return history.running(resolved.alert().fingerprint()).stream()
        .filter(
            capture -> capture.rule().flatMap(rules::named).filter(Rule::stopOnResolve).isPresent())
        .filter(
            capture -> capture.alert().filter(alert -> alert.startsAt().isBefore(end)).isPresent())
        .flatMap(capture -> stop(capture).stream())
        .toList();
  }

  private static Optional<CaptureCommand.Stop> stop(CaptureRecord capture) {
    return capture
        .target()
        .map(target -> new CaptureCommand.Stop(capture.id(), target.node(), CaptureEnd.RESOLVED));
  }

  private static Step resolved(Alert alert, int stopped) {
    String detail =
        switch (stopped) {
          case 0 -> "it fires no longer";
          case 1 -> "it fires no longer; its capture is told to stop";
          default -> "it fires no longer; its " + stopped + " captures are told to stop";
        };
    return suppressed(alert, SuppressedReason.RESOLVED, detail);
  }

  private Optional<Unavailable> plan(Alert alert, List<Step> steps) {
    List<Rule> matching = rules.matching(alert);
    if (matching.isEmpty()) {
      steps.add(suppressed(alert, SuppressedReason.NO_RULE, "no rule matches it"));
    }
    for (Rule rule : matching) {
      switch (targets.find(rule.target(), alert.labels())) {
        case Found found -> {
          found.targets().forEach(target -> steps.add(permitted(new Wanted(alert, rule, target))));
          found.optedOut().forEach(pod -> steps.add(optedOut(alert, rule, pod)));
        }
        case NoTarget none -> steps.add(noTarget(alert, rule, none));
        case Unavailable unavailable -> {
          return Optional.of(unavailable);
        }
      }
    }
    return Optional.empty();
  }

  private Step permitted(Wanted wanted) {
    return policy
        .objection(wanted.target())
        .<Step>map(objection -> new Settled(wanted.suppressed(SuppressedReason.POLICY, objection)))
        .orElse(wanted);
  }

  private Decision claim(Wanted wanted, Instant receivedAt, Instant now) {
    CaptureRequest request = wanted.request(receivedAt, now);
    Terms terms = policy.terms(wanted.rule(), wanted.target());
    Claim claim = history.claim(request, terms);
    if (claim instanceof Claim.Again(CaptureId id)) {
      request = request.withId(id);
      claim = history.claim(request, terms);
    }
    return switch (claim) {
      case Claimed claimed -> new Capture(request);
      case Claim.Again(var id) ->
          wanted.suppressed(SuppressedReason.DUPLICATE, "it was tried as " + id);
      case Duplicate(var id) ->
          wanted.suppressed(SuppressedReason.DUPLICATE, "it is capture " + id);
      case Cooldown(Instant until) ->
          wanted.suppressed(SuppressedReason.COOLDOWN, "until " + until);
      case OverBudget(String reason) -> wanted.suppressed(SuppressedReason.BUDGET, reason);
    };
  }

  private static Settled suppressed(Alert alert, SuppressedReason reason, String detail) {
    return new Settled(new Suppressed(alert, Optional.empty(), Optional.empty(), reason, detail));
  }

  private static Settled optedOut(Alert alert, Rule rule, OptedOut pod) {
    return new Settled(
        new Wanted(alert, rule, pod.target()).suppressed(SuppressedReason.POLICY, pod.objection()));
  }

  private static Settled noTarget(Alert alert, Rule rule, NoTarget none) {
    return new Settled(
        new Suppressed(
            alert,
            Optional.of(rule.name()),
            Optional.empty(),
            SuppressedReason.NO_TARGET,
            none.reason()));
  }
}
