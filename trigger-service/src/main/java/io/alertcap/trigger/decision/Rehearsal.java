package io.alertcap.trigger.decision;

import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureSpec;
import io.alertcap.schemas.DurationText;
import io.alertcap.trigger.alertmanager.AlertStatus;
import io.alertcap.trigger.alertmanager.Notification;
import io.alertcap.trigger.alertmanager.NotifiedAlert;
import io.alertcap.trigger.rule.Rule;
import io.alertcap.trigger.rule.Rules;
import io.alertcap.trigger.target.TargetFinder;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What each rule would do about each alert, if nothing had been captured before. */
public final class Rehearsal {

  private final RuleBook ruleBook;
  private final TargetFinder targets;
  private final Clock clock;

  public Rehearsal(RuleBook ruleBook, TargetFinder targets, Clock clock) {
    this.ruleBook = ruleBook;
    this.targets = targets;
    this.clock = clock;
  }

  /**
   * What one rule does about one alert.
   *
   * @param outcome a sentence without its end: "captures shop/web-0 on node-1: port 53, 60s"
   */
  public record Line(String fingerprint, String rule, boolean captures, String outcome) {}

  /** A line for each alert and rule, and one more for each further target. */
  public List<Line> of(Notification notification) {
    List<Line> lines = new ArrayList<>();
    for (NotifiedAlert alert : notification.alerts()) {
      for (Rule rule : ruleBook.rules().all()) {
        lines.addAll(of(alert, rule));
      }
    }
    return lines;
  }

  private List<Line> of(NotifiedAlert notified, Rule rule) {
    if (notified.status() == AlertStatus.RESOLVED) {
      return List.of(line(notified, rule, rule.stopOnResolve() ? "stops what runs" : "resolved"));
    }
    if (!rule.enabled()) {
      return List.of(line(notified, rule, "is not enabled"));
    }
    return rule.objection(notified.alert())
        .map(matcher -> List.of(line(notified, rule, "does not match: " + matcher)))
        .orElseGet(() -> decided(notified, rule));
  }

  private List<Line> decided(NotifiedAlert notified, Rule rule) {
    RuleBook alone = new RuleBook(new Rules(List.of(rule)), ruleBook.policy());
    Decisions decisions = new Decisions(alone, targets, new NothingYet(), clock);
    Notification notification = new Notification("", "", 0, List.of(notified));
    Instant now = clock.instant();
    return switch (decisions.decide(notification, now)) {
      case Verdict.CatalogUnavailable(String reason) ->
          List.of(line(notified, rule, "cannot tell: " + reason));
      case Verdict.Decided decided ->
          decided.decisions().stream().map(decision -> line(notified, rule, decision)).toList();
    };
  }

  private static Line line(NotifiedAlert notified, Rule rule, Decision decision) {
    return switch (decision) {
      case Decision.Capture(CaptureRequest request) ->
          new Line(notified.alert().fingerprint(), rule.name(), true, shown(request));
      case Decision.Suppressed suppressed ->
          line(
              notified,
              rule,
              suppressed.reason().code()
                  + suppressed
                      .target()
                      .map(target -> " " + target.namespace() + "/" + target.pod())
                      .orElse("")
                  + ": "
                  + suppressed.detail());
    };
  }

  private static Line line(NotifiedAlert notified, Rule rule, String outcome) {
    return new Line(notified.alert().fingerprint(), rule.name(), false, outcome);
  }

  private static String shown(CaptureRequest request) {
    CaptureSpec spec = request.capture();
    return "captures %s/%s on %s: %s, for %s, at most %s, interface %s"
        .formatted(
            request.target().namespace(),
            request.target().pod(),
            request.target().node(),
            spec.filter().isEmpty() ? "every packet" : spec.filter(),
            DurationText.format(spec.duration()),
            spec.maxBytes(),
            spec.networkInterface());
  }

  /** A history without a past, in which every budget has room. */
  private static final class NothingYet implements CaptureHistory {

    @Override
    public Claim claim(CaptureRequest request, Terms terms) {
      return new Claim.Claimed();
    }

    @Override
    public void release(CaptureId id) {}

    @Override
    public List<CaptureRecord> running(String fingerprint) {
      return List.of();
    }
  }
}
