package io.alertcap.capturer.run;

import io.alertcap.capturer.command.CommandIntake;
import io.alertcap.capturer.command.NodeCommand;
import io.alertcap.capturer.meter.CapturerMeters;
import io.alertcap.capturer.meter.CommandOutcome;
import io.alertcap.capturer.meter.LogContext;
import io.alertcap.capturer.policy.Budgets;
import io.alertcap.capturer.policy.NodePolicy;
import io.alertcap.capturer.spool.Spool;
import io.alertcap.capturer.spool.SpooledCapture;
import io.alertcap.schemas.CaptureCommand;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureStatus;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Decides what becomes of a command: exactly one {@link CommandOutcome}. */
public final class CaptureIntake implements CommandIntake {

  private final Spool spool;
  private final NodePolicy policy;
  private final Budgets budgets;
  private final CaptureRuns runs;
  private final CaptureSteps steps;
  private final CapturerMeters meters;
  private final Clock clock;

  public CaptureIntake(
      Spool spool,
      NodePolicy policy,
      Budgets budgets,
      CaptureRuns runs,
      CaptureSteps steps,
      CapturerMeters meters,
      Clock clock) {
    this.spool = spool;
    this.policy = policy;
    this.budgets = budgets;
    this.runs = runs;
    this.steps = steps;
    this.meters = meters;
    this.clock = clock;
  }

  @Override
  public Answer take(NodeCommand command) {
    if (needsRoom(command) && spool.crowded()) {
      return new Answer.NotNow(
          "spool.maxCaptures captures wait to be delivered or told of; the other checks say why.");
    }
    try {
      meters.command(outcome(command, System.nanoTime()));
      return new Answer.Taken();
    } catch (IOException e) {
      return new Answer.NotNow("The spool cannot be written, free space or repair it: " + e);
    }
  }

  /** Everything but a stop makes a capture of its own. */
  private static boolean needsRoom(NodeCommand command) {
    return !(command instanceof NodeCommand.Understood(CaptureCommand.Stop stop));
  }

  private CommandOutcome outcome(NodeCommand command, long takenAt) throws IOException {
    return switch (command) {
      case NodeCommand.NotUnderstood unclear -> reject(unclear);
      case NodeCommand.Understood(CaptureCommand.Start start) -> start(start.request(), takenAt);
      case NodeCommand.Understood(CaptureCommand.Stop stop) -> stop(stop);
    };
  }

  private CommandOutcome reject(NodeCommand.NotUnderstood command) throws IOException {
    if (spool.knows(command.id())) {
      return CommandOutcome.DUPLICATE;
    }
    end(
        new CaptureEvent.Rejected(
            command.id(), Optional.empty(), clock.instant(), command.failure()));
    return CommandOutcome.INVALID;
  }

  private CommandOutcome start(CaptureRequest request, long takenAt) throws IOException {
    CaptureId id = request.id();
    if (spool.knows(id)) {
      return CommandOutcome.DUPLICATE;
    }
    Instant now = clock.instant();
    if (now.isAfter(request.expiresAt())) {
      end(Failures.expired(request, now));
      return CommandOutcome.EXPIRED;
    }
    Optional<CaptureEvent> refusal =
        policy
            .objection(request)
            .or(() -> budgets.enter(request))
            .map(failure -> Failures.event(request, now, failure));
    if (refusal.isPresent()) {
      end(refusal.get());
      return CommandOutcome.REJECTED;
    }
    begin(request, takenAt);
    return CommandOutcome.ACCEPTED;
  }

  private void begin(CaptureRequest request, long takenAt) throws IOException {
    CaptureRuns.Begun begun = runs.begin(request, takenAt);
    try {
      begun.accepted(spool.accept(request));
    } catch (IOException | RuntimeException | Error e) {
      begun.abandon();
      throw e;
    }
  }

  private CommandOutcome stop(CaptureCommand.Stop stop) {
    Optional<SpooledCapture> capture =
        spool
            .find(stop.id())
            .filter(known ->
                known.status() == CaptureStatus.REQUESTED
                    || known.status() == CaptureStatus.STARTED);
    if (capture.isEmpty()) {
      return CommandOutcome.STOP_WITHOUT_EFFECT;
    }
    capture.get().requestStop(stop.end());
    runs.stop(stop.id(), stop.end());
    return CommandOutcome.STOPPED;
  }

  private void end(CaptureEvent event) throws IOException {
    SpooledCapture capture = spool.end(event);
    LogContext.during(event.id(), () -> steps.taken(capture, event));
  }
}
