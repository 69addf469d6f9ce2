package io.alertcap.capturer.run;

import io.alertcap.capturer.meter.LogContext;
import io.alertcap.capturer.policy.Budgets;
import io.alertcap.capturer.spool.CaptureJournal;
import io.alertcap.capturer.spool.Spool;
import io.alertcap.capturer.spool.SpooledCapture;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.Failure;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes up, at start, what the process before left unfinished. */
public final class Resumption {

  private static final Logger log = LoggerFactory.getLogger(Resumption.class);

  private final Spool spool;
  private final Budgets budgets;
  private final CaptureRuns runs;
  private final CaptureSteps steps;
  private final Consumer<SpooledCapture> upload;
  private final Clock clock;

  /**
   * @param upload told of captures with a finished file
   */
  public Resumption(
      Spool spool,
      Budgets budgets,
      CaptureRuns runs,
      CaptureSteps steps,
      Consumer<SpooledCapture> upload,
      Clock clock) {
    this.spool = spool;
    this.budgets = budgets;
    this.runs = runs;
    this.steps = steps;
    this.upload = upload;
    this.clock = clock;
  }

  /** To be called once, before any command is taken. Events are published by whoever publishes. */
  public void run() {
    for (SpooledCapture capture : spool.captures()) {
      LogContext.during(capture.id(), () -> resume(capture));
    }
  }

  private void resume(SpooledCapture capture) {
    log.info("Taken up where it was left: {}.", capture.status().code());
    switch (capture.status()) {
      case REQUESTED -> begin(capture);
      case STARTED ->
          steps.save(
              capture,
              capture.journal().started().orElseThrow(),
              "The capturer ended without closing the file");
      case CAPTURED -> upload.accept(capture);
      case FAILED -> keepUndelivered(capture);
      case EXPIRED, REJECTED, CANCELLED, COMPLETED -> log.debug("Only its events are left.");
    }
  }

  private void begin(SpooledCapture capture) {
    CaptureJournal journal = capture.journal();
    CaptureRequest request = journal.asked();
    Instant now = clock.instant();
    if (journal.stop().isPresent()) {
      steps.take(capture, new CaptureEvent.Cancelled(request, now));
      return;
    }
    if (now.isAfter(request.expiresAt())) {
      steps.take(capture, Failures.expired(request, now));
      return;
    }
    Optional<Failure> refusal = budgets.enter(request);
    if (refusal.isPresent()) {
      steps.take(capture, Failures.event(request, now, refusal.get()));
    } else {
      runs.begin(capture.journal().asked(), System.nanoTime()).accepted(capture);
    }
  }

  private void keepUndelivered(SpooledCapture capture) {
    try {
      spool.keepUndelivered(capture);
    } catch (IOException e) {
      log.error("The file stays at {}: {}", capture.file(), e.toString());
    }
  }
}
