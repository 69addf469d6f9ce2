package io.alertcap.capturer.run;

import io.alertcap.capturer.capture.PcapFile;
import io.alertcap.capturer.capture.PcapScan;
import io.alertcap.capturer.meter.CapturerMeters;
import io.alertcap.capturer.spool.SpooledCapture;
import io.alertcap.schemas.Alert;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureResult;
import io.alertcap.schemas.Statistics;
import io.alertcap.schemas.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Takes the steps of captures: into the journal first, then on to whoever is concerned.
 * Thread-safe.
 */
public final class CaptureSteps {

  private static final Logger log = LoggerFactory.getLogger(CaptureSteps.class);

  private final Consumer<SpooledCapture> publish;
  private final Consumer<SpooledCapture> upload;
  private final CapturerMeters meters;
  private final Clock clock;

  /**
   * @param publish told of captures with a new event
   * @param upload told of captures with a finished file
   */
  public CaptureSteps(
      Consumer<SpooledCapture> publish,
      Consumer<SpooledCapture> upload,
      CapturerMeters meters,
      Clock clock) {
    this.publish = publish;
    this.upload = upload;
    this.meters = meters;
    this.clock = clock;
  }

  /** Takes one step. Blocks until it is on disk. */
  void take(SpooledCapture capture, CaptureEvent event) {
    capture.record(event);
    taken(capture, event);
    if (event instanceof CaptureEvent.Captured) {
      upload.accept(capture);
    }
  }

  /** A step that is in the journal already. */
  void taken(SpooledCapture capture, CaptureEvent event) {
    meters.captureEnded(event);
    publish.accept(capture);
    LoggingEventBuilder plain = log.atLevel(level(event));
    LoggingEventBuilder line = event.asked().map(asked -> named(plain, asked)).orElse(plain);
    (event instanceof CaptureEvent.Started started ? withWay(line, started) : line)
        .log("{}", sentence(event));
  }

  /**
   * Ends a capture whose writer did not end it, with what its file holds. A file that does not even
   * have its header is no capture.
   *
   * @param reason why it has to be saved, without a full stop
   */
  void save(SpooledCapture capture, CaptureEvent.Started started, String reason) {
    CaptureRequest request = capture.journal().asked();
    try {
      PcapScan file = Files.exists(capture.file()) ? PcapFile.repair(capture.file()) : NOTHING;
      if (file.isWhole()) {
        CaptureResult result = Results.saved(started, file);
        take(capture, new CaptureEvent.Captured(request, clock.instant(), result));
      } else {
        take(capture, failed(request, reason, "nothing had reached the disk"));
      }
    } catch (IOException e) {
      take(capture, failed(request, reason, e));
    }
  }

  private static final PcapScan NOTHING = new PcapScan(0, 0, 0, Optional.empty(), Optional.empty());

  private CaptureEvent failed(CaptureRequest request, String reason, Object detail) {
    return Failures.event(request, clock.instant(), Failures.internal(reason, detail));
  }

  /**
   * Whose packets, and for whom; what is empty has no field. The id of the capture marks every line
   * of its thread.
   */
  private static LoggingEventBuilder named(LoggingEventBuilder line, CaptureRequest request) {
    return line.addKeyValue("rule", request.rule())
        .addKeyValue("alertname", request.alert().map(Alert::alertname).orElse(""))
        .addKeyValue("fingerprint", request.alert().map(Alert::fingerprint).orElse(""))
        .addKeyValue("requestedBy", request.requestedBy().orElse(""))
        .addKeyValue("namespace", request.target().namespace())
        .addKeyValue("pod", request.target().pod());
  }

  private static LoggingEventBuilder withWay(
      LoggingEventBuilder line, CaptureEvent.Started started) {
    Target target = started.request().target();
    return line.addKeyValue("node", target.node())
        .addKeyValue("containerId", target.containerId().orElse(""))
        .addKeyValue("netns", target.netns().orElse(""))
        .addKeyValue("pid", target.pid().map(pid -> Long.toString(pid)).orElse(""))
        .addKeyValue("interface", started.networkInterface())
        .addKeyValue("filter", started.request().capture().filter());
  }

  /** Whoever looks for what went wrong looks for warnings. */
  private static Level level(CaptureEvent event) {
    return switch (event) {
      case CaptureEvent.Failed e -> Level.WARN;
      case CaptureEvent.Rejected e -> Level.WARN;
      case CaptureEvent.Expired e -> Level.WARN;
      case CaptureEvent.Requested e -> Level.INFO;
      case CaptureEvent.Started e -> Level.INFO;
      case CaptureEvent.Captured e -> Level.INFO;
      case CaptureEvent.Completed e -> Level.INFO;
      case CaptureEvent.Cancelled e -> Level.INFO;
    };
  }

  private static String missing(CaptureResult result) {
    return result
        .statistics()
        .flatMap(Statistics::counts)
        .filter(counts -> counts.missing() > 0)
        .map(counts ->
            "; %d more were dropped and %d lost".formatted(counts.dropped(), counts.lost()))
        .orElse("");
  }

  private static String sentence(CaptureEvent event) {
    return switch (event) {
      case CaptureEvent.Requested e -> "Requested.";
      case CaptureEvent.Started e ->
          "Capturing on %s (%s).".formatted(e.networkInterface(), e.linkType());
      case CaptureEvent.Captured e ->
          "Captured %d packets, %d bytes; ended by %s%s."
              .formatted(
                  e.result().packets(),
                  e.result().bytes(),
                  e.result().end().code(),
                  missing(e.result()));
      case CaptureEvent.Completed e -> "Completed.";
      case CaptureEvent.Failed e ->
          "Failed (%s): %s".formatted(e.failure().code().code(), e.failure().message());
      case CaptureEvent.Rejected e ->
          "Rejected (%s): %s".formatted(e.failure().code().code(), e.failure().message());
      case CaptureEvent.Expired e -> "Expired: " + e.failure().message();
      case CaptureEvent.Cancelled e -> "Cancelled before it began.";
    };
  }
}
