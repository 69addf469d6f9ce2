package io.alertcap.capturer.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.alertcap.capturer.fixture.MutableClock;
import io.alertcap.capturer.fixture.Requests;
import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureResult;
import io.alertcap.schemas.DataSize;
import io.alertcap.schemas.Failure;
import io.alertcap.schemas.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

  private static final FreeSpace PLENTY = () -> new FreeSpace.Space(1L << 40, 1L << 40);

  @TempDir Path directory;
  private final MutableClock clock = new MutableClock(Instant.now());
  private final CaptureRequest request = Requests.forThisProcess("a");
  private Spool spool;

  @BeforeEach
  void open() throws IOException {
    spool = Spool.open(SpoolSettings.in(directory), clock, PLENTY);
  }

  @AfterEach
  void close() throws IOException {
    spool.close();
  }

  @Test
  void twoCapturersNeverShareASpool() {
    assertThatThrownBy(() -> Spool.open(SpoolSettings.in(directory), clock))
        .isInstanceOf(SpoolInUseException.class)
        .hasMessageContaining("spool.directory");
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    SpooledCapture capture = spool.accept(request);
    capture.record(started());
    capture.noteUpload(Optional.of("upload-1"));

    reopen();

    assertThat(spool.captures()).hasSize(1);
    assertThat(spool.find(request.id()).orElseThrow().journal()).isEqualTo(capture.journal());
  }

  @Test
  void onlyTheOwnerCanReadPackets() throws IOException {
    spool.accept(request);

    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("captures"))))
        .isEqualTo("rwx------");
  }

  @Test
  void aStepThatCannotFollowIsRefused() throws IOException {
    SpooledCapture capture = spool.accept(request);

    assertThatThrownBy(() -> capture.record(captured(10)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("captured cannot follow requested");
  }

  @Test
  void aStepThatIsNotOnDiskIsNotTold() throws IOException {
    SpooledCapture capture = spool.accept(request);
    Path draft = directory.resolve("captures/" + request.id() + "/journal.json.tmp");
    Files.createDirectory(draft);

    capture.record(started());

    assertThatThrownBy(capture::unacknowledged).isInstanceOf(IOException.class);
    Files.delete(draft);
    assertThat(capture.unacknowledged()).hasSize(1);
  }

  @Test
  void theDirectoryOfACommandThatWasNeverAcceptedIsRemoved() throws IOException {
    Path halfWay = Files.createDirectory(directory.resolve("captures/" + request.id()));
    Files.writeString(halfWay.resolve("journal.json.tmp"), "{\"format\":");

    reopen();

    assertThat(spool.knows(request.id())).isFalse();
    assertThat(spool.quarantined()).isZero();
    assertThat(halfWay).doesNotExist();
  }

  @Test
  void aStrangeDirectoryIsPutAside() throws IOException {
    Files.createDirectory(directory.resolve("captures/..evil"));
    Files.writeString(directory.resolve("captures/stray"), "x");

    reopen();

    assertThat(spool.captures()).isEmpty();
    assertThat(spool.quarantined()).isEqualTo(2);
  }

  @Test
  void aJournalOfAnotherFormatIsPutAside() throws IOException {
    Path journal = spool.accept(request).file().resolveSibling("journal.json");
    Files.writeString(journal, Files.readString(journal).replace("\"format\":1", "\"format\":9"));

    reopen();

    assertThat(spool.quarantined()).isEqualTo(1);
    assertThat(spool.find(request.id()).orElseThrow().journal().events().getFirst())
        .isInstanceOf(CaptureEvent.Rejected.class);
  }

  @Test
  void finishedIdsAreForgottenAfterTheirTime() throws IOException {
    finish(request);
    assertThat(spool.knows(request.id())).isTrue();

    clock.advance(Duration.ofDays(3).plusSeconds(1));
    finish(Requests.forThisProcess("later"));

    assertThat(spool.knows(request.id())).isFalse();
    reopen();
    assertThat(spool.knows(request.id())).isFalse();
    assertThat(spool.knows(Requests.id("later"))).isTrue();
  }

  @Test
  void finishedIdsAreBoundedInNumber() throws IOException {
    spool.close();
    spool =
        Spool.open(
            new SpoolSettings(
                directory,
                SpoolSettings.MAX_BYTES,
                Optional.empty(),
                SpoolSettings.KEEP_FOR,
                SpoolSettings.REMEMBER_FOR,
                2,
                10),
            clock,
            PLENTY);
    for (String name : new String[] {"1", "2", "3"}) {
      clock.advance(Duration.ofSeconds(1));
      finish(Requests.forThisProcess(name));
    }

    assertThat(spool.knows(Requests.id("1"))).isFalse();
    assertThat(spool.knows(Requests.id("3"))).isTrue();
    try (var files = Files.list(directory.resolve("finished"))) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void aDamagedTombstoneStillCounts() throws IOException {
    finish(request);
    Files.writeString(directory.resolve("finished/" + request.id() + ".json"), "{");

    reopen();

    assertThat(spool.knows(request.id())).isTrue();
  }

  @Test
  void bytesPerHourOutliveARestart() throws IOException {
    SpooledCapture capture = spool.accept(request);
    Files.write(capture.file(), new byte[1000]);
    capture.record(started());
    capture.record(captured(1000));
    CaptureEvent.Failed failed =
        new CaptureEvent.Failed(
            request,
            clock.instant(),
            new Failure(FailureCode.INTERNAL, "whatever"),
            Optional.empty());
    capture.record(failed);
    assertThat(spool.bytesCaptured(Duration.ofHours(1))).isEqualTo(1000);
    capture.acknowledge(failed);
    spool.finish(capture);

    reopen();

    assertThat(spool.bytesCaptured(Duration.ofHours(1))).isEqualTo(1000);
    clock.advance(Duration.ofMinutes(61));
    assertThat(spool.bytesCaptured(Duration.ofHours(1))).isZero();
  }

  @Test
  void aSpoolThatIsFullSaysWhichSettingToRaise() throws IOException {
    spool.close();
    spool =
        Spool.open(
            new SpoolSettings(
                directory,
                DataSize.ofMebibytes(2),
                Optional.empty(),
                SpoolSettings.KEEP_FOR,
                SpoolSettings.REMEMBER_FOR,
                10,
                10),
            clock,
            PLENTY);
    assertThat(spool.shortage()).isEmpty();

    Files.write(spool.accept(request).file(), new byte[2 << 20]);

    assertThat(spool.shortage().orElseThrow()).contains("spool.maxBytes", "2MiB");
  }

  @Test
  void theStandardFloorIsFivePercentOfASmallFileSystem() throws IOException {
    spool.close();
    long total = 10L << 30;
    long floor = total / 20;
    spool =
        Spool.open(
            SpoolSettings.in(directory),
            clock,
            () -> new FreeSpace.Space(total, floor + (2 << 20)));
    assertThat(spool.shortage()).isEmpty();
    spool.close();
    spool = Spool.open(SpoolSettings.in(directory), clock, () -> new FreeSpace.Space(total, floor));

    assertThat(spool.shortage().orElseThrow()).contains("spool.minFree");
  }

  @Test
  void onAFileSystemThatIsReallyFullNothingIsAcceptedHalfWay() throws Exception {
    Path tiny = Files.createDirectory(directory.resolve("tiny"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", tiny.toString()) == 0,
        "skipped: mounting a tmpfs needs root and mount");
    try (Spool small = Spool.open(SpoolSettings.in(tiny), clock, PLENTY)) {
      Path filler = tiny.resolve("filler");
      assertThatThrownBy(() -> Files.write(filler, new byte[4 << 20]))
          .isInstanceOf(IOException.class);

      assertThatThrownBy(() -> small.accept(request)).isInstanceOf(IOException.class);
      assertThat(small.knows(request.id())).isFalse();
      assertThatThrownBy(small::probe).isInstanceOf(IOException.class);

      Files.delete(filler);
      small.accept(request);
      assertThat(small.knows(request.id())).isTrue();
    } finally {
      run("umount", tiny.toString());
    }
  }

  private void finish(CaptureRequest what) throws IOException {
    CaptureEvent.Cancelled cancelled = new CaptureEvent.Cancelled(what, clock.instant());
    SpooledCapture capture = spool.end(cancelled);
    capture.acknowledge(cancelled);
    spool.finish(capture);
  }

  private CaptureEvent.Started started() {
    return new CaptureEvent.Started(request, clock.instant(), "eth0", "EN10MB", clock.instant());
  }

  private CaptureEvent.Captured captured(long bytes) {
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

  private void reopen() throws IOException {
    spool.close();
    spool = Spool.open(SpoolSettings.in(directory), clock, PLENTY);
  }

  private static int run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).start();
    return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
  }
}
