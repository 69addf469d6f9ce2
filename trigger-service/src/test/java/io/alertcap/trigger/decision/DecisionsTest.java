package io.alertcap.trigger.decision;

import static io.alertcap.trigger.alertmanager.Payloads.notification;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.schemas.Alert;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.trigger.alertmanager.AlertStatus;
import io.alertcap.trigger.alertmanager.Notification;
import io.alertcap.trigger.alertmanager.NotifiedAlert;
import io.alertcap.trigger.decision.Decision.Capture;
import io.alertcap.trigger.decision.Decision.Suppressed;
import io.alertcap.trigger.decision.Verdict.CatalogUnavailable;
import io.alertcap.trigger.decision.Verdict.Decided;
import io.alertcap.trigger.target.CatalogAnswer.Unavailable;
import io.alertcap.trigger.target.Catalogs;
import io.alertcap.trigger.target.StaticCatalog;
import io.alertcap.trigger.target.TargetCatalog;
import io.alertcap.trigger.target.TargetQuery.ByPod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class DecisionsTest extends Deciding {

  @Test
  void capturesThePodOfAnAlert() {
    List<Decision> decisions = decide(LATENCY, notification("single-firing.json"));

    assertThat(decisions).hasSize(1);
    CaptureRequest request = ((Capture) decisions.getFirst()).request();
    assertThat(request.id().value()).startsWith("20261122T223335Z-coredns-latency-");
    assertThat(request.rule()).isEqualTo("coredns-latency");
    assertThat(request.reason()).isEmpty();
    assertThat(request.alert().orElseThrow().fingerprint()).isEqualTo("376a0fe13124867f");
    assertThat(request.target().pod()).isEqualTo("coredns-85578f88b8-n2t6g");
    assertThat(request.capture().filter()).isEqualTo("port 53");
    assertThat(request.alertReceivedAt()).contains(RECEIVED);
    assertThat(request.commandedAt()).isEqualTo(NOW);
    assertThat(request.expiresAt()).isEqualTo(NOW.plusSeconds(90));
    assertThat(history.claimed()).containsExactly(request);
  }

  @Test
  void decidesByEachAlertsOwnStatus() {
    List<Decision> decisions = decide(LATENCY, notification("mixed-resolved.json"));

    assertThat(outcomes(decisions))
        .containsExactly(
            "376a0fe13124867f resolved",
            "coredns-latency coredns-85578f88b8-p1",
            "coredns-latency coredns-85578f88b8-p2");
  }

  @Test
  void everyMatchingRuleCaptures() {
    String rules =
        """
        rules:
          - { name: first, match: [alertname=CoreDNSLatencyHigh] }
          - name: second
            match: [severity=warning]
            target: { from: [selector], namespace: kube-system, selector: k8s-app, maxTargets: 2 }
        """;

    assertThat(outcomes(decide(rules, notification("single-firing.json"))))
        .containsExactly(
            "first coredns-85578f88b8-n2t6g",
            "second coredns-85578f88b8-n2t6g",
            "second coredns-85578f88b8-p1");
  }

  @Test
  void saysWhatNothingIsDoneAbout() {
    String rules =
        """
        rules:
          - { name: elsewhere, match: [alertname=A], target: { from: [node] } }
          - { name: by-pod, match: [alertname=A], target: { from: [pod] } }
        policy: { deniedNamespaces: [shop] }
        """;
    Notification notification =
        notificationOf(
            alert("a1", Map.of("alertname", "A", "namespace", "shop", "pod", "web-0")),
            alert("b2", Map.of("alertname", "B")));

    assertThat(decide(rules, notification))
        .extracting(decision ->
            ((Suppressed) decision).reason().code() + ": " + ((Suppressed) decision).detail())
        .containsExactly(
            "no-target: node: the alert lacks the label node",
            "policy: policy.deniedNamespaces has shop",
            "no-rule: no rule matches it");
    assertThat(history.claimed()).isEmpty();
  }

  @Test
  void theSameAlertTwiceIsOneCapture() {
    Notification once = notification("single-firing.json");
    NotifiedAlert alert = once.alerts().getFirst();

    assertThat(outcomes(decide(LATENCY, notificationOf(alert, alert))))
        .containsExactly("coredns-latency coredns-85578f88b8-n2t6g", "376a0fe13124867f duplicate");
    assertThat(outcomes(decide(LATENCY, once))).containsExactly("376a0fe13124867f duplicate");
  }

  @Test
  void anotherAlertOfTheSamePodHasToWait() {
    NotifiedAlert alert = notification("single-firing.json").alerts().getFirst();
    NotifiedAlert other = alert("0f", alert.alert().labels());

    List<Decision> decisions = decide(LATENCY, notificationOf(alert, other));

    assertThat(decisions.getLast())
        .isInstanceOfSatisfying(
            Suppressed.class,
            suppressed -> {
              assertThat(suppressed.reason()).isEqualTo(SuppressedReason.COOLDOWN);
              assertThat(suppressed.detail())
                  .isEqualTo("until " + NOW.plus(Duration.ofMinutes(15)));
              assertThat(suppressed.rule()).contains("coredns-latency");
              assertThat(suppressed.target().orElseThrow().pod())
                  .isEqualTo("coredns-85578f88b8-n2t6g");
            });
  }

  @Test
  void aCaptureThatWasNotSentCanBeClaimedAgainUnderTheSameId() {
    Notification notification = notification("single-firing.json");
    CaptureRequest first = ((Capture) decide(LATENCY, notification).getFirst()).request();
    history.release(first.id());

    CaptureRequest second = ((Capture) decide(LATENCY, notification).getFirst()).request();

    assertThat(second.id()).isEqualTo(first.id());
  }

  @Test
  void claimsNothingWhereTheCatalogCannotTellAboutOneAlert() {
    TargetCatalog catalog =
        query ->
            query instanceof ByPod(String namespace, String pod) && pod.endsWith("-p2")
                ? new Unavailable("the API server has not answered yet")
                : Catalogs.cluster().find(query);

    Verdict verdict =
        decisions(LATENCY, catalog).decide(notification("truncated-group.json"), RECEIVED);

    assertThat(verdict).isEqualTo(new CatalogUnavailable("the API server has not answered yet"));
    assertThat(history.claimed()).isEmpty();
  }

  @Test
  void aPodThatOptedOutIsNotCapturedAndThatIsSaid() {
    TargetCatalog catalog =
        StaticCatalog.read(
            ConfigurationSource.text(
                "targets.yaml",
                """
                - { namespace: lab, pod: a, node: n1, containers: [{ pid: 7 }],
                    annotations: { alertcap.io/capture: disabled } }
                """));
    Map<String, String> labels = Map.of("alertname", "A", "namespace", "lab", "pod", "a");

    Verdict verdict =
        decisions("rules: [{ name: all, match: [alertname=A] }]", catalog)
            .decide(notificationOf(alert("a1", labels)), RECEIVED);

    Suppressed suppressed = (Suppressed) ((Decided) verdict).decisions().getFirst();
    assertThat(suppressed.reason()).isEqualTo(SuppressedReason.POLICY);
    assertThat(suppressed.detail())
        .isEqualTo("pod lab/a opted out by its annotation alertcap.io/capture");
    assertThat(history.claimed()).isEmpty();
  }

  @Test
  void containersWithoutAnIdAreToldApartByTheirNode() {
    String rules =
        """
        rules:
          - name: all
            match: [alertname=A]
            target: { from: [selector], namespace: lab, selector: app }
            cooldown: 0s
        """;
    TargetCatalog catalog =
        StaticCatalog.read(
            ConfigurationSource.text(
                "targets.yaml",
                """
                - { namespace: lab, pod: a, node: n1, labels: {app: a}, containers: [{pid: 7}] }
                - { namespace: lab, pod: b, node: n2, labels: {app: a}, containers: [{pid: 7}] }
                - { namespace: lab, pod: c, node: n3, labels: {app: a}, hostNetwork: true }
                """));

    Verdict verdict =
        decisions(rules, catalog)
            .decide(notificationOf(alert("a1", Map.of("alertname", "A"))), RECEIVED);

    assertThat(((Decided) verdict).decisions())
        .extracting(decision -> ((Capture) decision).request().id())
        .doesNotHaveDuplicates()
        .hasSize(3);
  }

  @Test
  void manyAtOnceCaptureOnce() throws InterruptedException, ExecutionException {
    int senders = 16;
    Decisions decisions = decisions(LATENCY, Catalogs.cluster());
    Notification notification = notification("truncated-group.json");
    CyclicBarrier start = new CyclicBarrier(senders);
    Callable<Verdict> sender =
        () -> {
          start.await();
          return decisions.decide(notification, RECEIVED);
        };
    List<Decision> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(senders)) {
      for (Future<Verdict> verdict : threads.invokeAll(Collections.nCopies(senders, sender))) {
        all.addAll(((Decided) verdict.get()).decisions());
      }
    }

    assertThat(all).hasSize(3 * senders);
    assertThat(all).filteredOn(Capture.class::isInstance).hasSize(3);
  }

  @Test
  void everyAlertOfTenThousandIsDecided() {
    List<NotifiedAlert> alerts = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      AlertStatus status = i % 3 == 0 ? AlertStatus.RESOLVED : AlertStatus.FIRING;
      Map<String, String> labels = Map.of("alertname", "A" + i % 5, "instance", "172.20.1.195:1");
      Alert alert = new Alert("A", Integer.toHexString(i), "", NOW, labels, Map.of(), "");
      alerts.add(new NotifiedAlert(status, alert, Optional.empty()));
    }

    List<Decision> decisions =
        decide(
            "rules: [{ name: a, match: ['alertname=~\"A[0-3]\"'] }]",
            new Notification("", "", 0, alerts));

    assertThat(decisions)
        .extracting(DecisionsTest::fingerprint)
        .containsExactlyElementsOf(
            alerts.stream().map(alert -> alert.alert().fingerprint()).toList());
  }

  private static NotifiedAlert alert(String fingerprint, Map<String, String> labels) {
    Alert alert =
        new Alert(labels.getOrDefault("alertname", ""), fingerprint, "", NOW, labels, Map.of(), "");
    return NotifiedAlert.firing(alert);
  }

  private static String fingerprint(Decision decision) {
    return switch (decision) {
      case Capture(CaptureRequest request) -> request.alert().orElseThrow().fingerprint();
      case Suppressed suppressed -> suppressed.fingerprint();
    };
  }
}
