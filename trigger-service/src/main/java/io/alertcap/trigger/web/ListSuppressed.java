package io.alertcap.trigger.web;

import io.alertcap.trigger.decision.SuppressedReason;
import io.alertcap.trigger.record.SuppressedAlerts;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code GET /api/v1/suppressed}. */
final class ListSuppressed implements Endpoint {

  private static final String REASON = "reason";

  private final SuppressedAlerts alerts;

  ListSuppressed(SuppressedAlerts alerts) {
    this.alerts = alerts;
  }

  private record Body(List<SuppressedAlerts.Entry> suppressed) {}

  @Override
  public Answer answer(Call call) {
    Set<String> parameters = call.query().keySet();
    Optional<String> unknown = parameters.stream().filter(name -> !name.equals(REASON)).findFirst();
    if (unknown.isPresent()) {
      return Problem.badRequest(unknown.get(), "is unknown; known is " + REASON);
    }
    List<String> asked = call.query().getOrDefault(REASON, List.of());
    Optional<SuppressedReason> reason = asked.stream().findFirst().flatMap(ListSuppressed::reason);
    if (asked.size() > 1 || (asked.size() == 1 && reason.isEmpty())) {
      return Problem.badRequest(REASON, "must be one of the reasons of an answer to a webhook");
    }
    return Answer.json(200, new Body(alerts.list(reason, SuppressedAlerts.MAX_ENTRIES)));
  }

  private static Optional<SuppressedReason> reason(String code) {
    return Arrays.stream(SuppressedReason.values())
        .filter(reason -> reason.code().equals(code))
        .findFirst();
  }
}
