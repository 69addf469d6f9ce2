package io.alertcap.trigger.web;

import io.alertcap.schemas.Alert;
import io.alertcap.trigger.alertmanager.Notification;
import io.alertcap.trigger.decision.Decision;
import io.alertcap.trigger.decision.SuppressedReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.IdentityHashMap;
import java.util.stream.Stream;

/**
 * Counts alerts. Every alert of a well-formed notification ends in exactly one decision: {@code
 * capture} if any capture of it was commanded; otherwise the first reason why not; {@code
 * unavailable} if the notification was not taken and is to be sent again; {@code too-large} if it
 * was not taken and never will be.
 */
public final class AlertMeters {

  private final MeterRegistry registry;
  private final Counter truncated;
  private final Counter stopped;

  public AlertMeters(MeterRegistry registry) {
    this.registry = registry;
    this.truncated =
        Counter.builder("alertcap.alerts.truncated")
            .description("Alerts that Alertmanager left out of its notifications (max_alerts)")
            .register(registry);
    this.stopped =
        Counter.builder("alertcap.captures.stopped")
            .description("Captures that were told to stop since their alert was resolved")
            .register(registry);
    // from the start, and 0: rate() does not see the increment that a counter appears with
    Stream.of("capture", "unavailable", "too-large").forEach(this::decided);
    Stream.of(SuppressedReason.values()).map(SuppressedReason::code).forEach(this::decided);
  }

  void count(Notification notification, AlertIntake.Outcome outcome) {
    truncated.increment((double) notification.truncatedAlerts());
    switch (outcome) {
      case AlertIntake.Outcome.Taken taken -> {
        IdentityHashMap<Alert, String> decisions = decisions(taken);
        notification
            .alerts()
            .forEach(alert -> count(decisions.getOrDefault(alert.alert(), "none")));
        taken.captures().forEach(capture -> commanded(capture.rule()));
        taken.suppressed().forEach(this::suppressed);
        stopped.increment(taken.stops().size());
      }
      case AlertIntake.Outcome.Unavailable unavailable ->
          notification.alerts().forEach(alert -> count("unavailable"));
      case AlertIntake.Outcome.TooLarge tooLarge ->
          notification.alerts().forEach(alert -> count("too-large"));
      case AlertIntake.Outcome.Malformed malformed -> {}
    }
  }

  /** By identity: of two equal alerts in one notification the first is captured, not the second. */
  private static IdentityHashMap<Alert, String> decisions(AlertIntake.Outcome.Taken taken) {
    IdentityHashMap<Alert, String> decisions = new IdentityHashMap<>();
    for (Decision.Suppressed suppressed : taken.suppressed()) {
      decisions.putIfAbsent(suppressed.alert(), suppressed.reason().code());
    }
    taken
        .captures()
        .forEach(capture -> capture.alert().ifPresent(alert -> decisions.put(alert, "capture")));
    return decisions;
  }

  private void count(String decision) {
    decided(decision).increment();
  }

  private Counter decided(String decision) {
    return Counter.builder("alertcap.alerts")
        .description("Alerts received, by what was decided about them")
        .tag("decision", decision)
        .register(registry);
  }

  private void suppressed(Decision.Suppressed suppressed) {
    Counter.builder("alertcap.suppressed")
        .description("Captures that were not made, by the reason why not")
        .tag("rule", suppressed.rule().orElse(""))
        .tag("reason", suppressed.reason().code())
        .register(registry)
        .increment();
  }

  private void commanded(String rule) {
    Counter.builder("alertcap.captures.commanded")
        .description("Captures whose command Kafka has acknowledged")
        .tag("rule", rule)
        .register(registry)
        .increment();
  }
}
