package io.alertcap.trigger.record;

import io.alertcap.foundation.health.Health;
import io.alertcap.foundation.health.RecurringTasks;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.Failure;
import io.alertcap.schemas.FailureCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends captures of which their node has not said a word by the time by which it should have begun:
 * there may be no capturer on that node at all. Every replica says so with the same event, which
 * ranks below whatever the node may still say. Thread-safe.
 */
public final class SilentNodes implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SilentNodes.class);

  /** For clocks that differ, and for the node's event to arrive. */
  static final Duration MARGIN = Duration.ofSeconds(30);

  private static final Duration PERIOD = Duration.ofSeconds(5);

  /**
   * So often in a row all must have been read that was said: longer than a node's events wait after
   * Kafka was away, whose outbox tries again every 15 s.
   */
  static final int LOOKS_IN_A_ROW = 12;

  /** Of events that are sent at once. */
  private static final int MAX_AT_ONCE = 100;

  private final CaptureRecords records;
  private final Clock clock;
  private final Predicate<List<CaptureEvent>> publish;
  private final Counter expired;

  private int upToDateFor;

  private final RecurringTasks thread;

  /**
   * @param publish sends events, blocking for some seconds, and says whether they arrived
   */
  public SilentNodes(
      CaptureRecords records,
      Clock clock,
      Predicate<List<CaptureEvent>> publish,
      MeterRegistry meters,
      Health health) {
    this.records = records;
    this.clock = clock;
    this.publish = publish;
    this.thread = health.recurring("silent-nodes");
    this.expired =
        Counter.builder("alertcap.captures.expired")
            .description("Captures that ended since their node did not say a word")
            .register(meters);
  }

  /**
   * Begins to look, every few seconds.
   *
   * @param upToDate whether all is on record that nodes have said; nobody is called silent unless
   *     it has been for a minute
   */
  public void start(BooleanSupplier upToDate) {
    thread.every(PERIOD, PERIOD, () -> look(upToDate.getAsBoolean()));
  }

  void look(boolean upToDate) {
    upToDateFor = upToDate ? upToDateFor + 1 : 0;
    if (upToDateFor < LOOKS_IN_A_ROW) {
      return;
    }
    try {
      expire(records.silent(clock.instant().minus(MARGIN), MAX_AT_ONCE));
    } catch (RecordUnavailable e) {
      log.debug("Not looking for silent nodes: {}", e.sentence());
    }
  }

  private void expire(List<CaptureRequest> overdue) {
    List<CaptureEvent> events = overdue.stream().map(SilentNodes::event).toList();
    if (events.isEmpty() || !publish.test(events)) {
      return;
    }
    records.add(events);
    for (CaptureRequest request : overdue) {
      expired.increment();
      log.warn("Capture {}: {}", request.id(), sentence(request));
    }
  }

  /** The same on every replica, whenever it is made. */
  private static CaptureEvent event(CaptureRequest request) {
    return new CaptureEvent.Expired(
        request,
        request.expiresAt().plus(MARGIN),
        new Failure(FailureCode.NODE_SILENT, sentence(request)));
  }

  private static String sentence(CaptureRequest request) {
    return "No capturer on the node %s took the command by %s: check that one runs there, that its node.name is %s, and that it reaches Kafka."
        .formatted(request.target().node(), request.expiresAt(), request.target().node());
  }

  /** Ends; what is overdue is still so at the next start. */
  @Override
  public void close() {
    thread.close();
  }
}
