package io.alertcap.trigger.decision;

import static io.alertcap.trigger.alertmanager.Payloads.notification;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.trigger.alertmanager.Notification;
import io.alertcap.trigger.alertmanager.NotifiedAlert;
import io.alertcap.trigger.decision.Decision.Capture;
import io.alertcap.trigger.decision.Decision.Suppressed;
import io.alertcap.trigger.decision.Verdict.Decided;
import io.alertcap.trigger.rule.Rules;
import io.alertcap.trigger.target.Catalogs;
import io.alertcap.trigger.target.TargetCatalog;
import io.alertcap.trigger.target.TargetFinder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** What tests of decisions decide with: rules as text, a small cluster, a history in memory. */
abstract class Deciding {

  static final Instant RECEIVED = Instant.parse("2026-11-22T22:33:36.1Z");
  static final Instant NOW = Instant.parse("2026-11-22T22:33:36.2Z");

  static final String LATENCY =
      """
      rules:
        - name: coredns-latency
          match: [alertname=CoreDNSLatencyHigh]
          target: { from: [pod, instance] }
          capture: { filter: port 53 }
          expireAfter: 90s
      """;

  final MemoryHistory history = new MemoryHistory();

  List<Decision> decide(String yaml, Notification notification) {
    Verdict verdict = decisions(yaml, Catalogs.cluster()).decide(notification, RECEIVED);
    return ((Decided) verdict).decisions();
  }

  Decisions decisions(String yaml, TargetCatalog catalog) {
    return ConfigurationSource.text("config.yaml", yaml)
        .read(root -> {
          var rules = Rules.from(root);
          var policy = TriggerPolicy.from(root.section("policy"));
          return root.build(() ->
              new Decisions(
                  new RuleBook(rules.get(), policy.get()),
                  new TargetFinder(catalog),
                  history,
                  Clock.fixed(NOW, ZoneOffset.UTC)));
        })
        .settings();
  }

  static Notification notificationOf(NotifiedAlert... alerts) {
    return new Notification("", "", 0, List.of(alerts));
  }

  static List<String> outcomes(List<Decision> decisions) {
    return decisions.stream()
        .map(decision ->
            switch (decision) {
              case Capture(CaptureRequest request) -> request.rule() + " " + request.target().pod();
              case Suppressed suppressed ->
                  suppressed.fingerprint() + " " + suppressed.reason().code();
            })
        .toList();
  }
}
