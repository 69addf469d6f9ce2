package io.alertcap.trigger.web;

import io.alertcap.schemas.Access;
import io.alertcap.schemas.AccessEvent;
import io.alertcap.schemas.CaptureId;
import io.alertcap.trigger.access.Caller;
import io.alertcap.trigger.dispatch.Deadline;
import io.alertcap.trigger.dispatch.Dispatcher;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells who was given which file: the log at once, and the record of the capture by an event. No
 * download waits for that, or fails where Kafka is away. Thread-safe.
 */
public final class AccessLog {

  private static final Logger log = LoggerFactory.getLogger(AccessLog.class);

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Dispatcher dispatcher;
  private final Clock clock;
  private final Executor worker;
  private final Counter untold;

  /**
   * Begins with nothing told.
   *
   * @param worker waits for Kafka; may refuse what is too much
   */
  public AccessLog(Dispatcher dispatcher, Clock clock, Executor worker, MeterRegistry meters) {
    this.dispatcher = dispatcher;
    this.clock = clock;
    this.worker = worker;
    this.untold =
        Counter.builder("alertcap.accesses.untold")
            .description("Files that were handed out, of which the record does not tell")
            .register(meters);
  }

  /** This caller was given a URL of the capture's file. */
  void given(CaptureId id, Caller caller, String what) {
    log.atInfo()
        .addKeyValue("capture", id)
        .addKeyValue("by", caller.name().orElse("anybody"))
        .addKeyValue("what", what)
        .log("A file was handed out");
    AccessEvent event =
        new AccessEvent(
            id, new Access(clock.instant().truncatedTo(ChronoUnit.MICROS), caller.name(), what));
    try {
      worker.execute(() -> tell(event));
    } catch (RejectedExecutionException e) {
      missed(event, "too many wait to be told, or the service is stopping");
    }
  }

  private void tell(AccessEvent event) {
    Optional<String> problem = dispatcher.tell(event, Deadline.in(PATIENCE));
    problem.ifPresent(reason -> missed(event, reason));
  }

  private void missed(AccessEvent event, String reason) {
    untold.increment();
    log.warn("The record of {} does not tell of a download: {}", event.id(), reason);
  }
}
