package io.alertcap.trigger.decision;

import static io.alertcap.trigger.alertmanager.Payloads.notification;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.schemas.Alert;
import io.alertcap.schemas.CaptureCommand;
import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.DataSize;
import io.alertcap.trigger.alertmanager.AlertStatus;
import io.alertcap.trigger.alertmanager.Notification;
import io.alertcap.trigger.alertmanager.NotifiedAlert;
import io.alertcap.trigger.decision.Decision.Capture;
import io.alertcap.trigger.decision.Decision.Suppressed;
import io.alertcap.trigger.decision.Terms.Limit;
import io.alertcap.trigger.decision.Terms.Scope;
import io.alertcap.trigger.decision.Verdict.Decided;
import io.alertcap.trigger.rule.Budget;
import io.alertcap.trigger.target.Catalogs;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StopsAndBudgetsTest extends Deciding {

  @Test
  void anAlertThatIsResolvedStopsWhatStillRuns() {
    String rules =
        """
        rules:
          - { name: coredns-latency, match: [alertname=CoreDNSLatencyHigh], stopOnResolve: true }
        """;
    Notification notification = notification("single-firing.json");
    CaptureRequest running = ((Capture) decide(rules, notification).getFirst()).request();
    history.run(running);
    Alert alert = notification.alerts().getFirst().alert();

    Decided decided =
        (Decided)
            decisions(rules, Catalogs.cluster())
                .decide(resolved(alert, Optional.of(NOW.plusSeconds(9))), RECEIVED);

    assertThat(decided.stops())
        .containsExactly(
            new CaptureCommand.Stop(running.id(), running.target().node(), CaptureEnd.RESOLVED));
    assertThat(decided.decisions())
        .containsExactly(
            new Suppressed(
                alert,
                Optional.empty(),
                Optional.empty(),
                SuppressedReason.RESOLVED,
                "it fires no longer; its capture is told to stop"));
  }

  @Test
  void stopsNothingOfARuleThatDoesNotSayOrOfAnAlertThatFiresAgain() {
    Notification notification = notification("single-firing.json");
    CaptureRequest running = ((Capture) decide(LATENCY, notification).getFirst()).request();
    history.run(running);
    Alert alert = notification.alerts().getFirst().alert();
    String stopping = LATENCY.replace("expireAfter", "stopOnResolve: true\n    expireAfter");

    assertThat(stops(LATENCY, resolved(alert, Optional.of(NOW)))).isEmpty();
    assertThat(stops(stopping, resolved(alert, Optional.of(alert.startsAt().minusSeconds(60)))))
        .isEmpty();
    assertThat(stops(stopping, resolved(alert, Optional.empty()))).hasSize(1);
  }

  @Test
  void aCaptureThatNoBudgetHasRoomForIsNotMade() {
    history.fill();

    assertThat(outcomes(decide(LATENCY, notification("single-firing.json"))))
        .containsExactly("376a0fe13124867f budget");
  }

  @Test
  void asksForRoomInTheBudgetsOfClusterRuleAndNamespace() {
    String rules =
        """
        rules:
          - { name: a, match: [alertname=CoreDNSLatencyHigh], budget: { concurrent: 2 } }
        policy:
          budgets:
            cluster: { bytesPerDay: 1GiB }
            rule: { concurrent: 9, perHour: 10 }
            namespace: { perHour: 20 }
        """;

    decide(rules, notification("single-firing.json"));

    assertThat(history.lastTerms().limits())
        .containsExactly(
            new Limit(
                new Scope.Cluster(),
                new Budget(
                    Optional.empty(), Optional.empty(), Optional.of(DataSize.ofGibibytes(1)))),
            new Limit(
                new Scope.OfRule("a"),
                new Budget(Optional.of(2), Optional.of(10), Optional.empty())),
            new Limit(
                new Scope.OfNamespace("kube-system"),
                new Budget(Optional.empty(), Optional.of(20), Optional.empty())));
  }

  private List<CaptureCommand.Stop> stops(String yaml, Notification notification) {
    Verdict verdict = decisions(yaml, Catalogs.cluster()).decide(notification, RECEIVED);
    return ((Decided) verdict).stops();
  }

  private static Notification resolved(Alert alert, Optional<Instant> endsAt) {
    return notificationOf(new NotifiedAlert(AlertStatus.RESOLVED, alert, endsAt));
  }
}
