package io.alertcap.trigger.web;

import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureSpec;
import io.alertcap.schemas.Target;
import io.alertcap.schemas.json.Reading;
import io.alertcap.trigger.decision.Order;
import io.alertcap.trigger.decision.OrderVerdict;
import io.alertcap.trigger.decision.OrderVerdict.Refused;
import io.alertcap.trigger.decision.Orders;
import io.alertcap.trigger.decision.RuleBook;
import io.alertcap.trigger.decision.SuppressedReason;
import io.alertcap.trigger.decision.TriggerPolicy;
import io.alertcap.trigger.dispatch.Dispatch;
import io.alertcap.trigger.dispatch.Dispatcher;
import io.alertcap.trigger.record.CaptureRecords;
import io.alertcap.trigger.record.ClaimSession;
import io.alertcap.trigger.record.Claims;
import io.alertcap.trigger.target.TargetFinder;
import java.time.Clock;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code POST /api/v1/captures}: captures by hand. Blocks as the {@link Dispatcher} does. */
public final class StartCaptures implements Endpoint {

  private static final Logger log = LoggerFactory.getLogger(StartCaptures.class);

  /** A filter of the greatest length is the largest part of an order. */
  static final long MAX_BODY = 64 << 10;

  private final Supplier<RuleBook> book;
  private final TargetFinder targets;
  private final Clock clock;
  private final Claims claims;
  private final Dispatcher dispatcher;
  private final CaptureRecords records;
  private final BooleanSupplier recordsComplete;
  private final UnknownNodes unknownNodes;

  /**
   * Puts the stages together.
   *
   * @param book whose policy holds at that moment
   * @param recordsComplete whether every capture of the past is on record; before, nobody can tell
   *     what is left of the budgets
   */
  public StartCaptures(
      Supplier<RuleBook> book,
      TargetFinder targets,
      Clock clock,
      Claims claims,
      Dispatcher dispatcher,
      CaptureRecords records,
      BooleanSupplier recordsComplete,
      UnknownNodes unknownNodes) {
    this.book = book;
    this.targets = targets;
    this.clock = clock;
    this.claims = claims;
    this.dispatcher = dispatcher;
    this.records = records;
    this.recordsComplete = recordsComplete;
    this.unknownNodes = unknownNodes;
  }

  private record Body(
      List<CaptureRecord> captures,
      List<Suppressed> suppressed,
      Optional<NavigableSet<String>> unknownNodes) {}

  private record Suppressed(Target target, SuppressedReason reason, String detail) {}

  @Override
  public Answer answer(Call call) {
    if (!call.isJson()) {
      return Problem.notJson();
    }
    RuleBook now = book.get();
    CaptureSpec standard = now.rules().standardCapture();
    return switch (OrderBody.read(call.body().bytes(), call.caller().name(), standard)) {
      case Reading.Invalid<Order>(String path, String message) -> Problem.badRequest(path, message);
      case Reading.Valid<Order>(Order order) ->
          recordsComplete.getAsBoolean()
              ? decide(order, now.policy(), call)
              : Problem.unavailable("The record of captures is still being read from Kafka");
    };
  }

  private Answer decide(Order order, TriggerPolicy policy, Call call) {
    try (ClaimSession session = claims.open()) {
      return switch (new Orders(targets, policy, session, clock).decide(order)) {
        case OrderVerdict.CatalogUnavailable(String reason) ->
            Problem.unavailable("The target catalog is unavailable: " + reason);
        case OrderVerdict.NoTarget(String reason) ->
            Problem.notFound("Nothing to capture: " + reason);
        case OrderVerdict.Decided decided when decided.captures().isEmpty() ->
            Problem.forbidden(refusal(decided.refused()));
        case OrderVerdict.Decided decided -> dispatch(decided, session, call);
      };
    }
  }

  private Answer dispatch(OrderVerdict.Decided decided, ClaimSession session, Call call) {
    return switch (dispatcher.dispatch(decided.captures(), call.deadline())) {
      case Dispatch.Accepted accepted -> {
        records.add(accepted.events());
        session.keep();
        List<CaptureId> ids = decided.captures().stream().map(CaptureRequest::id).toList();
        log.info("{} asked for {}", call.caller().name().orElse("Somebody"), ids);
        Optional<NavigableSet<String>> unknown = unknownNodes.among(decided.captures());
        unknown.ifPresent(NotificationLog::unknown);
        yield started(ids, decided.refused(), unknown);
      }
      case Dispatch.Unavailable(String reason) -> Problem.unavailable(reason);
      case Dispatch.TooLarge(String reason) -> Problem.tooLarge(reason);
    };
  }

  private Answer started(
      List<CaptureId> ids, List<Refused> refused, Optional<NavigableSet<String>> unknown) {
    Answer answer =
        Answer.json(
            202,
            new Body(
                ids.stream().map(records::find).flatMap(Optional::stream).toList(),
                refused.stream()
                    .map(no -> new Suppressed(no.target(), no.reason(), no.detail()))
                    .toList(),
                unknown));
    return ids.size() == 1 ? answer.with("Location", "/api/v1/captures/" + ids.getFirst()) : answer;
  }

  private static String refusal(List<Refused> refused) {
    return refused.stream()
        .map(no -> "%s/%s: %s".formatted(no.target().namespace(), no.target().pod(), no.detail()))
        .collect(Collectors.joining("; "));
  }
}
