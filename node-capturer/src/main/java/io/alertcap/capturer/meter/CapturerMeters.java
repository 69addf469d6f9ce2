package io.alertcap.capturer.meter;

import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureStatus;
import io.alertcap.schemas.Failure;
import io.alertcap.schemas.FailureCode;
import io.alertcap.schemas.Statistics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Every meter of the capturer. What holds between them, while the process runs:
 *
 * <ul>
 *   <li>{@code commands} counts each command for this node exactly once.
 *   <li>{@code captures} counts each capture exactly once, when its last event is in the journal.
 *   <li>Captures accepted, plus those found unfinished at start, plus {@code commands} refused, are
 *       {@code captures} plus those of {@code spool.captures} whose state is not terminal.
 *   <li>{@code packets} {@code dropped} and {@code lost} are parts of {@code received}.
 * </ul>
 *
 * Thread-safe.
 */
public final class CapturerMeters {

  private static final String PREFIX = "alertcap.capturer.";

  /** Around the aim of 30 ms, and up to what a cold start costs. */
  private static final Duration[] BUCKETS =
      IntStream.of(5, 10, 15, 20, 30, 40, 60, 100, 200, 500, 1_000, 5_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final Timer filterActive;
  private final Counter quarantined;

  public CapturerMeters(MeterRegistry registry) {
    this.registry = registry;
    registerFromTheStart();
    this.filterActive =
        Timer.builder(PREFIX + "filter.active")
            .description("From taking a command to the moment from which packets are kept")
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
    this.quarantined =
        Counter.builder(PREFIX + "spool.quarantined")
            .description("Journals that could not be read at start")
            .register(registry);
  }

  /**
   * A counter that appears with its first increment hides that increment from {@code rate()}: what
   * alerts are about has to be there, and 0, before it happens.
   */
  private void registerFromTheStart() {
    for (CommandOutcome outcome : CommandOutcome.values()) {
      commands(outcome);
    }
    captures(CaptureStatus.COMPLETED, Optional.empty());
    for (FailureCode code : FailureCode.values()) {
      captures(CaptureStatus.FAILED, Optional.of(code));
    }
    packets("received");
    packets("dropped");
    packets("lost");
    uploadAttempts(true);
    uploadAttempts(false);
    uploadedBytes();
  }

  /** A command for this node was dealt with. */
  public void command(CommandOutcome outcome) {
    commands(outcome).increment();
  }

  /** The last event of a capture is in the journal; others are not counted. */
  public void captureEnded(CaptureEvent event) {
    if (event.status().terminal()) {
      captures(event.status(), failure(event).map(Failure::code)).increment();
    }
  }

  /** The filter of a capture has become active. */
  public void filterActive(Duration sinceCommandTaken) {
    filterActive.record(sinceCommandTaken);
  }

  /** What the kernel counted for one capture. */
  public void packets(Statistics.Counts kernel) {
    packets("received").increment((double) kernel.received());
    packets("dropped").increment((double) kernel.dropped());
    packets("lost").increment((double) kernel.lost());
  }

  /** One attempt to upload a capture. */
  public void uploadAttempt(boolean stored) {
    uploadAttempts(stored).increment();
  }

  /** Bytes of a capture that the store has acknowledged. */
  public void uploaded(long bytes) {
    uploadedBytes().increment((double) bytes);
  }

  /**
   * A closed file was, or was not, made ready for its upload.
   *
   * @param outcome {@code enriched}, {@code plain}, {@code withheld} or {@code interrupted}
   */
  public void enrichment(String outcome, Duration took) {
    Timer.builder(PREFIX + "enrichment")
        .description("Passes over closed files, by what came of them")
        .tag("outcome", outcome)
        .register(registry)
        .record(took);
  }

  /** Journals that could not be read. */
  public void quarantined(int journals) {
    quarantined.increment(journals);
  }

  /** Captures being captured now. */
  public void running(Supplier<Number> captures) {
    gauge("running", "Captures that are being captured", captures).register(registry);
  }

  /** Files of packets on this node. */
  public void spoolBytes(Supplier<Number> bytes) {
    gauge("spool", "Bytes of packets that wait on this node, undelivered ones included", bytes)
        .baseUnit("bytes")
        .register(registry);
  }

  /** Unfinished captures in a state. */
  public void spoolCaptures(CaptureStatus status, Supplier<Number> captures) {
    gauge("spool.captures", "Captures in the journal, by their last event", captures)
        .tag("status", status.code())
        .register(registry);
  }

  /** Captures in the spool that are for another store. */
  public void foreign(Supplier<Number> captures) {
    gauge("spool.foreign.captures", "Captures in the spool for another store", captures)
        .register(registry);
  }

  /** Events that Kafka does not have. */
  public void outbox(Supplier<Number> events) {
    gauge("outbox", "Events that wait to be acknowledged by Kafka", events)
        .baseUnit("events")
        .register(registry);
  }

  private Gauge.Builder<Supplier<Number>> gauge(
      String name, String description, Supplier<Number> value) {
    return Gauge.builder(PREFIX + name, value).description(description);
  }

  private Counter commands(CommandOutcome outcome) {
    return Counter.builder(PREFIX + "commands")
        .description("Commands for this node, by what became of them")
        .tag("outcome", outcome.label())
        .register(registry);
  }

  private Counter captures(CaptureStatus status, Optional<FailureCode> code) {
    return Counter.builder(PREFIX + "captures")
        .description("Captures that ended, by their last event and, where they failed, why")
        .tag("status", status.code())
        .tag("code", code.map(FailureCode::code).orElse("none"))
        .register(registry);
  }

  private Counter uploadAttempts(boolean stored) {
    return Counter.builder(PREFIX + "upload.attempts")
        .description("Attempts to upload a capture")
        .tag("result", stored ? "stored" : "failed")
        .register(registry);
  }

  private Counter uploadedBytes() {
    return Counter.builder(PREFIX + "upload")
        .description("Bytes of captures that the store has acknowledged")
        .baseUnit("bytes")
        .register(registry);
  }

  private Counter packets(String result) {
    return Counter.builder(PREFIX + "packets")
        .description("Packets that passed the filters of captures, as the kernel counted them")
        .tag("result", result)
        .register(registry);
  }

  private static Optional<Failure> failure(CaptureEvent event) {
    return switch (event) {
      case CaptureEvent.Failed e -> Optional.of(e.failure());
      case CaptureEvent.Rejected e -> Optional.of(e.failure());
      case CaptureEvent.Expired e -> Optional.of(e.failure());
      case CaptureEvent.Requested e -> Optional.empty();
      case CaptureEvent.Started e -> Optional.empty();
      case CaptureEvent.Captured e -> Optional.empty();
      case CaptureEvent.Completed e -> Optional.empty();
      case CaptureEvent.Cancelled e -> Optional.empty();
    };
  }
}
