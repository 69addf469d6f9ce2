package io.alertcap.capturer.run;

import io.alertcap.capturer.capture.Capture;
import io.alertcap.capturer.capture.CaptureOutcome;
import io.alertcap.capturer.capture.PacketTap;
import io.alertcap.capturer.capture.TapOpening;
import io.alertcap.capturer.meter.LogContext;
import io.alertcap.capturer.netns.NetworkNamespace;
import io.alertcap.capturer.spool.SpooledCapture;
import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureResult;
import io.alertcap.schemas.CaptureStatus;
import io.alertcap.schemas.Failure;
import io.alertcap.schemas.FailureCode;
import io.alertcap.schemas.Statistics;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One capture, from the journal's first entry to the closed file. To be run once. */
final class CaptureRun {

  private static final Logger log = LoggerFactory.getLogger(CaptureRun.class);

  private final CompletableFuture<Optional<SpooledCapture>> accepted = new CompletableFuture<>();
  private final CaptureRequest request;
  private final CaptureTools tools;
  private final long takenAt;
  private @Nullable CaptureEnd stop;
  private @Nullable Capture capture;

  /**
   * @param takenAt when the command was taken, in {@link System#nanoTime()}
   */
  CaptureRun(CaptureRequest request, CaptureTools tools, long takenAt) {
    this.request = request;
    this.tools = tools;
    this.takenAt = takenAt;
  }

  CaptureId id() {
    return request.id();
  }

  /** The command is in the journal: what is captured may be kept. */
  void accepted(SpooledCapture capture) {
    accepted.complete(Optional.of(capture));
  }

  /** The command is not in the journal, and nothing must come of it. */
  void abandoned() {
    accepted.complete(Optional.empty());
    stop(CaptureEnd.INTERRUPTED);
  }

  /** Ends it, now or as soon as it begins; the first reason counts. From any thread. */
  synchronized void stop(CaptureEnd end) {
    if (stop == null) {
      stop = end;
      notifyAll();
      if (capture != null) {
        capture.stop(Results.reason(end));
      }
    }
  }

  /**
   * Blocks until the file is closed, or there is to be none. Opens the namespace and its interface
   * while the journal is written: both take as long, and neither needs the other.
   */
  void run() {
    try {
      Optional<CaptureEvent> last = last();
      accepted
          .join()
          .ifPresent(spooled -> last.ifPresent(event -> tools.steps().take(spooled, event)));
    } catch (RuntimeException | Error e) {
      log.error("Unexpected error in a capture", e);
      accepted.join().ifPresent(spooled -> fail(spooled, e));
    }
  }

  private void fail(SpooledCapture spooled, Throwable cause) {
    if (spooled.status() == CaptureStatus.REQUESTED || spooled.status() == CaptureStatus.STARTED) {
      tools.steps().take(spooled, event(Failures.internal("The capture failed", cause)));
    }
  }

  /** What it comes to; empty if that is left to the next start. */
  private Optional<CaptureEvent> last() {
    Instant now = tools.clock().instant();
    CaptureEnd stopped = stopped();
    if (stopped != null) {
      return calledOff(stopped);
    }
    if (now.isAfter(request.expiresAt())) {
      return Optional.of(Failures.expired(request, now));
    }
    Optional<String> shortage = tools.spool().shortage();
    if (shortage.isPresent()) {
      return Optional.of(event(Failures.diskFull(shortage.get())));
    }
    return switch (search().run()) {
      case TargetNamespaces.Opening.Closed(Failure failure) -> {
        CaptureEnd meanwhile = stopped();
        yield meanwhile == null ? Optional.of(event(failure)) : calledOff(meanwhile);
      }
      case TargetNamespaces.Opening.Open open ->
          captureIn(open.namespace(), open.isTargetPresent());
    };
  }

  private TargetSearch search() {
    return new TargetSearch(
        request, tools.namespaces(), tools.budgets(), tools.clock(), this::pause);
  }

  private Optional<CaptureEvent> captureIn(
      NetworkNamespace namespace, BooleanSupplier isTargetPresent) {
    TapOpening opening;
    try (namespace) {
      opening = open(namespace);
    } catch (IllegalArgumentException invalid) {
      return Optional.of(event(Failures.invalid(FailureCode.INVALID_FILTER, invalid)));
    }
    return switch (opening) {
      case TapOpening.Opened(PacketTap tap) -> {
        try (tap) {
          yield accepted.join().flatMap(spooled -> captureFrom(tap, isTargetPresent, spooled));
        }
      }
      case TapOpening.InterfaceNotFound outcome -> Optional.of(event(Failures.of(outcome)));
      case TapOpening.InvalidFilter outcome -> Optional.of(event(Failures.of(outcome)));
      case TapOpening.PermissionDenied outcome -> Optional.of(event(Failures.of(outcome)));
      case TapOpening.Failed outcome -> Optional.of(event(Failures.of(outcome)));
    };
  }

  private TapOpening open(NetworkNamespace namespace) {
    return tools.source().open(namespace, Results.plan(request.capture(), tools.buffer()));
  }

  private Optional<CaptureEvent> captureFrom(
      PacketTap tap, BooleanSupplier isTargetPresent, SpooledCapture spooled) {
    CaptureEvent.Started started =
        new CaptureEvent.Started(
            request,
            tools.clock().instant(),
            tap.interfaceName(),
            tap.linkType(),
            tap.filterActiveAt());
    CaptureOutcome outcome;
    try {
      Capture next = new Capture(tap, tools.clock(), isTargetPresent);
      CaptureEnd stopped = begin(next);
      if (stopped != null) {
        return calledOff(stopped);
      }
      Instant now = tools.clock().instant();
      if (now.isAfter(request.expiresAt())) {
        return Optional.of(Failures.expired(request, now));
      }
      tools.meters().filterActive(Duration.ofNanos(System.nanoTime() - takenAt));
      Files.deleteIfExists(spooled.file());
      CompletableFuture<Void> journalled = recordBesides(spooled, started);
      outcome = next.run(spooled.file(), Results.limits(request.capture()));
      journalled.join();
      sync(spooled.file());
    } catch (IOException e) {
      return Optional.of(event(Failures.internal("The capture could not be written", e)));
    }
    return switch (outcome) {
      case CaptureOutcome.Finished finished -> Optional.of(captured(tap, finished));
      case CaptureOutcome.Failed failed -> {
        log.error("{}", failed.reason());
        tools.steps().save(spooled, started, failed.reason());
        yield Optional.empty();
      }
    };
  }

  private CaptureEvent captured(PacketTap tap, CaptureOutcome.Finished finished) {
    CaptureResult result = Results.finished(tap.interfaceName(), finished.result());
    result.statistics().flatMap(Statistics::counts).ifPresent(tools.meters()::packets);
    return new CaptureEvent.Captured(request, tools.clock().instant(), result);
  }

  /**
   * On another thread, because the ring fills while a disk syncs. After a crash before that, the
   * capture begins again: nobody has heard of it yet.
   */
  private CompletableFuture<Void> recordBesides(
      SpooledCapture spooled, CaptureEvent.Started started) {
    return CompletableFuture.runAsync(
        () -> LogContext.during(request.id(), () -> tools.steps().take(spooled, started)),
        tools.journal());
  }

  /** The file must not be younger than the journal that says it is complete. */
  private static void sync(Path file) throws IOException {
    if (Files.exists(file)) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
    }
  }

  /** Blocks for so long, or until it is stopped; whether to go on. */
  private synchronized boolean pause(Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    try {
      while (stop == null) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return true;
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  /** Why it is not to begin, if so; from then on, a stop reaches the capture itself. */
  private synchronized @Nullable CaptureEnd begin(Capture next) {
    if (stop == null) {
      capture = next;
    }
    return stop;
  }

  private synchronized @Nullable CaptureEnd stopped() {
    return stop;
  }

  /** One that the capturer's own end has kept from beginning will begin after the restart. */
  private Optional<CaptureEvent> calledOff(CaptureEnd why) {
    return why == CaptureEnd.INTERRUPTED
        ? Optional.empty()
        : Optional.of(new CaptureEvent.Cancelled(request, tools.clock().instant()));
  }

  private CaptureEvent event(Failure failure) {
    return Failures.event(request, tools.clock().instant(), failure);
  }
}
