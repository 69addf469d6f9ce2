package io.alertcap.capturer.spool;

import io.alertcap.capturer.fixture.MutableClock;
import io.alertcap.capturer.fixture.Requests;
import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A spool that is open, and can be opened again. */
abstract class OpenSpool {

  static final FreeSpace PLENTY = () -> new FreeSpace.Space(1L << 40, 1L << 40);

  @TempDir Path directory;
  final MutableClock clock = new MutableClock(Instant.now());
  final CaptureRequest request = Requests.forThisProcess("a");
  Spool spool;

  @BeforeEach
  void open() throws IOException {
    spool = Spool.open(SpoolSettings.in(directory), SpoolOwner.ANY, clock, PLENTY);
  }

  @AfterEach
  void close() throws IOException {
    spool.close();
  }

  void finish(CaptureRequest what) throws IOException {
    CaptureEvent.Cancelled cancelled = new CaptureEvent.Cancelled(what, clock.instant());
    SpooledCapture capture = spool.end(cancelled);
    capture.acknowledge(cancelled);
    spool.finish(capture);
  }

  CaptureEvent.Started started() {
    return new CaptureEvent.Started(request, clock.instant(), "eth0", "EN10MB", clock.instant());
  }

  CaptureEvent.Captured captured(long bytes) {
    return new CaptureEvent.Captured(
        request,
        clock.instant(),
        new CaptureResult(
            CaptureEnd.DURATION,
            "eth0",
            "EN10MB",
            1,
            bytes,
            Optional.empty(),
            clock.instant(),
            clock.instant()));
  }

  void reopen() throws IOException {
    spool.close();
    spool = Spool.open(SpoolSettings.in(directory), SpoolOwner.ANY, clock, PLENTY);
  }
}
