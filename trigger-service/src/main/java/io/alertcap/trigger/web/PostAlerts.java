package io.alertcap.trigger.web;

import io.alertcap.schemas.Alert;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.Target;
import io.alertcap.trigger.decision.Decision;
import io.alertcap.trigger.decision.SuppressedReason;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;

/**
 * {@code POST /api/v1/alerts}: what Alertmanager's webhook receiver calls. It takes any 2xx for
 * done, repeats after a 5xx, and gives up for now after a 4xx, 429 included.
 */
final class PostAlerts implements Endpoint {

  private final AlertIntake intake;

  PostAlerts(AlertIntake intake) {
    this.intake = intake;
  }

  private record Body(
      List<Capture> captures,
      List<Suppressed> suppressed,
      Optional<NavigableSet<String>> unknownNodes,
      Optional<Long> truncatedAlerts) {}

  private record Capture(CaptureId id, String rule, Optional<String> fingerprint, Target target) {}

  private record Suppressed(
      String fingerprint,
      Optional<String> rule,
      Optional<Target> target,
      SuppressedReason reason,
      String detail) {}

  @Override
  public Answer answer(Call call) {
    if (!call.isJson()) {
      return Problem.notJson();
    }
    return switch (intake.take(call.body(), call.receivedAt(), call.deadline())) {
      case AlertIntake.Outcome.Taken taken ->
          Answer.json(taken.captures().isEmpty() ? 200 : 202, body(taken));
      case AlertIntake.Outcome.Malformed(String path, String message) ->
          Problem.badRequest(path, message);
      case AlertIntake.Outcome.Unavailable(String reason) -> Problem.unavailable(reason);
      case AlertIntake.Outcome.TooLarge(String reason) -> Problem.tooLarge(reason);
    };
  }

  private static Body body(AlertIntake.Outcome.Taken taken) {
    return new Body(
        taken.captures().stream().map(PostAlerts::capture).toList(),
        taken.suppressed().stream().map(PostAlerts::suppressed).toList(),
        taken.unknownNodes(),
        Optional.of(taken.truncatedAlerts()).filter(count -> count > 0));
  }

  private static Capture capture(CaptureRequest request) {
    return new Capture(
        request.id(), request.rule(), request.alert().map(Alert::fingerprint), request.target());
  }

  private static Suppressed suppressed(Decision.Suppressed decision) {
    return new Suppressed(
        decision.fingerprint(),
        decision.rule(),
        decision.target(),
        decision.reason(),
        decision.detail());
  }
}
