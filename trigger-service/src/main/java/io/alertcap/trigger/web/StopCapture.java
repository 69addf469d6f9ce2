package io.alertcap.trigger.web;

import io.alertcap.schemas.CaptureCommand;
import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.Target;
import io.alertcap.trigger.dispatch.Dispatch;
import io.alertcap.trigger.dispatch.Dispatcher;
import io.alertcap.trigger.record.CaptureRecords;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code DELETE /api/v1/captures/{id}}: stops it, and keeps what it has. What has ended is no
 * error: it is as the caller wanted it. Blocks as the {@link Dispatcher} does.
 */
final class StopCapture implements Endpoint {

  private static final Logger log = LoggerFactory.getLogger(StopCapture.class);

  private final NamedCapture captures;
  private final Dispatcher dispatcher;

  StopCapture(CaptureRecords records, Dispatcher dispatcher) {
    this.captures = new NamedCapture(records);
    this.dispatcher = dispatcher;
  }

  @Override
  public Answer answer(Call call) {
    Optional<CaptureRecord> capture = captures.find(call);
    return capture.isEmpty() ? captures.unknown(call) : stop(capture.get(), call);
  }

  private Answer stop(CaptureRecord capture, Call call) {
    Optional<String> node = capture.target().map(Target::node);
    if (capture.end().isPresent() || capture.status().terminal() || node.isEmpty()) {
      return Answer.json(200, capture);
    }
    CaptureCommand.Stop stop =
        new CaptureCommand.Stop(capture.id(), node.get(), CaptureEnd.CANCELLED);
    return switch (dispatcher.dispatch(List.of(), List.of(stop), call.deadline())) {
      case Dispatch.Accepted accepted -> {
        log.info("{} stops {}", call.caller().name().orElse("Somebody"), capture.id());
        yield Answer.json(202, capture);
      }
      case Dispatch.Unavailable(String reason) -> Problem.unavailable(reason);
      case Dispatch.TooLarge(String reason) -> Problem.tooLarge(reason);
    };
  }
}
