package io.alertcap.trigger.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and logs webhooks that were refused for good. Alertmanager takes a 4xx for final and does
 * not send the notification again: without a word its alerts would be lost in silence.
 */
public final class Refusals {

  private static final Logger log = LoggerFactory.getLogger(Refusals.class);

  /** Those there are; what comes later is counted as {@code other}. */
  private static final Set<Integer> STATUSES = Set.of(400, 408, 413, 415);

  private static final String OTHER = "other";

  private final MeterRegistry meters;

  public Refusals(MeterRegistry meters) {
    this.meters = meters;
    // from the start, and 0: rate() does not see the increment that a counter appears with
    STATUSES.forEach(status -> counter(status.toString()));
    counter(OTHER);
  }

  /** Callers that are not known, or may not, are another matter: {@link RefusedRequests}. */
  void answered(Answer answer) {
    boolean final4xx = answer.status() >= 400 && answer.status() < 500;
    if (final4xx && answer.status() != 401 && answer.status() != 403) {
      counter(STATUSES.contains(answer.status()) ? Integer.toString(answer.status()) : OTHER)
          .increment();
      log.warn(
          "Refused a notification with {}, and Alertmanager does not send it again: {}",
          answer.status(),
          answer.body());
    }
  }

  private Counter counter(String status) {
    return Counter.builder("alertcap.notifications.refused")
        .description("Webhooks that were refused for good: their alerts are lost")
        .tag("status", status)
        .register(meters);
  }
}
