package io.alertcap.trigger.web;

import io.alertcap.schemas.CaptureCommand;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.json.Reading;
import io.alertcap.trigger.alertmanager.Notification;
import io.alertcap.trigger.alertmanager.WebhookPayload;
import io.alertcap.trigger.alertmanager.WebhookReading;
import io.alertcap.trigger.decision.CaptureHistory;
import io.alertcap.trigger.decision.Decision;
import io.alertcap.trigger.decision.Decisions;
import io.alertcap.trigger.decision.Verdict;
import io.alertcap.trigger.dispatch.Deadline;
import io.alertcap.trigger.dispatch.Dispatch;
import io.alertcap.trigger.dispatch.Dispatcher;
import io.alertcap.trigger.record.CaptureRecords;
import io.alertcap.trigger.record.ClaimSession;
import io.alertcap.trigger.record.Claims;
import io.alertcap.trigger.record.RecordUnavailable;
import io.alertcap.trigger.record.SuppressedAlerts;
import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * The way of a notification through the service: read, decided, dispatched, recorded. Thread-safe;
 * blocks as the {@link Dispatcher} does.
 */
public final class AlertIntake {

  /** In bytes; bodies that are larger are decided one after another. */
  private static final long LARGE = 1 << 20;

  /** The largest that an alert can be, in bytes of the heap. */
  private static final long ONE_MORE = 512 << 10;

  private final Semaphore large = new Semaphore(1, true);
  private final Function<CaptureHistory, Decisions> decisions;
  private final Claims claims;
  private final Dispatcher dispatcher;
  private final CaptureRecords records;
  private final BooleanSupplier recordsComplete;
  private final SuppressedAlerts suppressed;
  private final UnknownNodes unknownNodes;
  private final AlertMeters meters;

  /**
   * Puts the stages together.
   *
   * @param decisions as they are made with a history to claim from
   * @param recordsComplete whether every capture of the past is on record; before, nobody can tell
   *     what was captured already
   * @param suppressed is told what is not captured
   */
  public AlertIntake(
      Function<CaptureHistory, Decisions> decisions,
      Claims claims,
      Dispatcher dispatcher,
      CaptureRecords records,
      BooleanSupplier recordsComplete,
      SuppressedAlerts suppressed,
      UnknownNodes unknownNodes,
      AlertMeters meters) {
    this.decisions = decisions;
    this.claims = claims;
    this.dispatcher = dispatcher;
    this.records = records;
    this.recordsComplete = recordsComplete;
    this.suppressed = suppressed;
    this.unknownNodes = unknownNodes;
    this.meters = meters;
  }

  /** What became of a notification. */
  sealed interface Outcome {

    /**
     * Every alert is decided, and every command acknowledged.
     *
     * @param captures that were commanded
     * @param suppressed what was not captured, and why
     * @param stops of captures that were told to end
     * @param truncatedAlerts that Alertmanager did not send
     * @param unknownNodes of these captures; absent where all nodes are known
     */
    record Taken(
        List<CaptureRequest> captures,
        List<Decision.Suppressed> suppressed,
        List<CaptureCommand.Stop> stops,
        long truncatedAlerts,
        Optional<NavigableSet<String>> unknownNodes)
        implements Outcome {}

    /** The body is none of Alertmanager's. */
    record Malformed(String path, String message) implements Outcome {}

    /** Nothing was promised; the same notification is to be sent again. */
    record Unavailable(String reason) implements Outcome {}

    /** An alert is too large to be passed on; sent again, it would be again. */
    record TooLarge(String reason) implements Outcome {}
  }

  Outcome take(Body body, Instant receivedAt, Deadline deadline) {
    if (body.length() <= LARGE) {
      return read(body, receivedAt, deadline);
    }
    try {
      if (!large.tryAcquire(deadline.remaining().toMillis(), TimeUnit.MILLISECONDS)) {
        return new Outcome.Unavailable("Other large notifications are being decided");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Unavailable("The service is stopping");
    }
    try {
      return read(body, receivedAt, deadline);
    } finally {
      large.release();
    }
  }

  private Outcome read(Body body, Instant receivedAt, Deadline deadline) {
    return switch (WebhookPayload.read(body.stream(), body::reserve)) {
      case WebhookReading.Malformed(Reading.Invalid<Notification>(String path, String message)) ->
          new Outcome.Malformed(path, message);
      case WebhookReading.OutOfMemory(int alerts) -> outOfMemory(body, alerts);
      case WebhookReading.Whole(Notification notification) ->
          account(notification, outcome(notification, receivedAt, deadline), receivedAt);
    };
  }

  private static Outcome outOfMemory(Body body, int alerts) {
    return body.exceedsAllWith(ONE_MORE)
        ? new Outcome.TooLarge(
            "The notification has more than %d alerts, which is more than a quarter of the heap holds: let Alertmanager group by more labels, or give the service more heap"
                .formatted(alerts))
        : new Outcome.Unavailable("Too many alerts are being decided");
  }

  private Outcome account(Notification notification, Outcome outcome, Instant receivedAt) {
    meters.count(notification, outcome);
    NotificationLog.write(notification, outcome);
    if (outcome instanceof Outcome.Taken taken) {
      suppressed.add(taken.suppressed(), receivedAt);
    }
    return outcome;
  }

  private Outcome outcome(Notification notification, Instant receivedAt, Deadline deadline) {
    try {
      return decide(notification, receivedAt, deadline);
    } catch (RecordUnavailable e) {
      return new Outcome.Unavailable(e.sentence());
    }
  }

  private Outcome decide(Notification notification, Instant receivedAt, Deadline deadline) {
    if (!recordsComplete.getAsBoolean()) {
      return new Outcome.Unavailable("The record of captures is still being read from Kafka");
    }
    if (deadline.remaining().isZero()) {
      return new Outcome.Unavailable("The service is overloaded");
    }
    ClaimSession session = claims.open();
    Outcome outcome;
    try (session) {
      outcome =
          switch (decisions.apply(session).decide(notification, receivedAt)) {
            case Verdict.CatalogUnavailable(String reason) ->
                new Outcome.Unavailable("The target catalog is unavailable: " + reason);
            case Verdict.Decided decided ->
                dispatch(decided, notification.truncatedAlerts(), session, deadline);
          };
    }
    return outcome instanceof Outcome.Taken && !session.othersSucceeded(deadline.remaining())
        ? new Outcome.Unavailable("Another request was about to command the same, and failed")
        : outcome;
  }

  private Outcome dispatch(
      Verdict.Decided decided, long truncatedAlerts, ClaimSession session, Deadline deadline) {
    List<CaptureRequest> captures =
        decided.decisions().stream().flatMap(d -> captured(d).stream()).toList();
    return switch (dispatcher.dispatch(captures, decided.stops(), deadline)) {
      case Dispatch.Accepted accepted -> {
        records.add(accepted.events());
        session.keep();
        yield new Outcome.Taken(
            captures,
            decided.decisions().stream().flatMap(d -> suppressed(d).stream()).toList(),
            decided.stops(),
            truncatedAlerts,
            unknownNodes.among(captures));
      }
      case Dispatch.Unavailable(String reason) -> new Outcome.Unavailable(reason);
      case Dispatch.TooLarge(String reason) -> new Outcome.TooLarge(reason);
    };
  }

  private static Optional<CaptureRequest> captured(Decision decision) {
    return switch (decision) {
      case Decision.Capture(CaptureRequest request) -> Optional.of(request);
      case Decision.Suppressed suppressed -> Optional.empty();
    };
  }

  private static Optional<Decision.Suppressed> suppressed(Decision decision) {
    return switch (decision) {
      case Decision.Capture capture -> Optional.empty();
      case Decision.Suppressed suppressed -> Optional.of(suppressed);
    };
  }
}
