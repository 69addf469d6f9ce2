package io.alertcap.trigger.record;

import io.alertcap.schemas.Artifact;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureSpec;
import io.alertcap.schemas.CaptureStatus;
import io.alertcap.schemas.Target;
import io.alertcap.schemas.Timings;
import io.alertcap.trigger.decision.Terms.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * What one capture takes of the budgets.
 *
 * @param at when it was commanded
 * @param running whether it may still be capturing
 * @param until when it is done at the latest, whatever its node says or does not say
 * @param bytes of its file; until that is known, the most that it may become
 */
record Expense(
    CaptureId id,
    String rule,
    String namespace,
    Instant at,
    boolean running,
    Instant until,
    long bytes) {

  Expense {
    at = at.truncatedTo(ChronoUnit.MICROS); // as it is stored
    until = until.truncatedTo(ChronoUnit.MICROS);
  }

  /** A node that has not reported so long after its capture's end at the latest is not going to. */
  private static final Duration SILENCE = Duration.ofMinutes(10);

  static Expense of(CaptureRequest request) {
    return of(
        request.id(),
        request.rule(),
        request.target(),
        request.capture(),
        request.commandedAt(),
        request.expiresAt(),
        true,
        request.capture().maxBytes().bytes());
  }

  /** Empty while nothing is known of a capture but that its command could not be read. */
  static Optional<Expense> of(CaptureRecord capture) {
    if (capture.rule().isEmpty()
        || capture.target().isEmpty()
        || capture.capture().isEmpty()
        || capture.timings().commandedAt().isEmpty()) {
      return Optional.empty();
    }
    boolean running =
        capture.status() == CaptureStatus.REQUESTED || capture.status() == CaptureStatus.STARTED;
    CaptureSpec spec = capture.capture().get();
    long most = capture.status().terminal() ? 0 : spec.maxBytes().bytes();
    return Optional.of(
        of(
            capture.id(),
            capture.rule().get(),
            capture.target().get(),
            spec,
            capture.timings().commandedAt().get(),
            begin(capture.timings()),
            running,
            capture.artifact().map(Artifact::bytes).orElse(most)));
  }

  private static Expense of(
      CaptureId id,
      String rule,
      Target target,
      CaptureSpec spec,
      Instant at,
      Instant begin,
      boolean running,
      long bytes) {
    Instant until = begin.plus(spec.duration()).plus(SILENCE);
    return new Expense(id, rule, target.namespace(), at, running, until, bytes);
  }

  /** When it began, or begins at the latest. */
  private static Instant begin(Timings timings) {
    return timings.filterActiveAt().or(timings::expiresAt).or(timings::commandedAt).orElseThrow();
  }

  List<Scope> scopes() {
    return List.of(new Scope.Cluster(), new Scope.OfRule(rule), new Scope.OfNamespace(namespace));
  }
}
