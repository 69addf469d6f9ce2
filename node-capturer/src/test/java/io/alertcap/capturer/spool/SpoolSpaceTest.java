package io.alertcap.capturer.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.DataSize;
import io.alertcap.schemas.Failure;
import io.alertcap.schemas.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How much a spool holds, and what it says when there is no room. */
class SpoolSpaceTest extends OpenSpool {

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
    openWithTwoMebibytes();
    assertThat(spool.shortage()).isEmpty();

    Files.write(spool.accept(request).file(), new byte[2 << 20]);

    assertThat(spool.shortage().orElseThrow()).contains("spool.maxBytes", "2MiB");
  }

  @Test
  void whatIsPutAsideTakesRoomUntilSomebodyDeletesIt() throws IOException {
    openWithTwoMebibytes();
    SpooledCapture capture = spool.accept(request);
    Files.write(capture.file(), new byte[2 << 20]);
    Files.writeString(capture.file().resolveSibling(SpoolLayout.JOURNAL), "damaged");

    openWithTwoMebibytes();

    assertThat(spool.quarantined()).isOne();
    assertThat(spool.usedBytes()).isGreaterThan(2 << 20);
    Path quarantine = new SpoolLayout(directory).quarantine();
    assertThat(spool.shortage().orElseThrow()).contains("spool.maxBytes", quarantine.toString());
    try (Stream<Path> aside = Files.list(quarantine)) {
      Recovery.delete(aside.findFirst().orElseThrow());
    }
    assertThat(spool.shortage()).isEmpty();
  }

  private void openWithTwoMebibytes() throws IOException {
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
            SpoolOwner.ANY,
            clock,
            PLENTY);
  }

  @Test
  void theStandardFloorIsFivePercentOfASmallFileSystem() throws IOException {
    spool.close();
    long total = 10L << 30;
    long floor = total / 20;
    spool =
        Spool.open(
            SpoolSettings.in(directory),
            SpoolOwner.ANY,
            clock,
            () -> new FreeSpace.Space(total, floor + (2 << 20)));
    assertThat(spool.shortage()).isEmpty();
    spool.close();
    spool =
        Spool.open(
            SpoolSettings.in(directory),
            SpoolOwner.ANY,
            clock,
            () -> new FreeSpace.Space(total, floor));

    assertThat(spool.shortage().orElseThrow()).contains("spool.minFree");
  }

  @Test
  void onAFileSystemThatIsReallyFullNothingIsAcceptedHalfWay() throws Exception {
    Path tiny = Files.createDirectory(directory.resolve("tiny"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", tiny.toString()) == 0,
        "skipped: mounting a tmpfs needs root and mount");
    try (Spool small = Spool.open(SpoolSettings.in(tiny), SpoolOwner.ANY, clock, PLENTY)) {
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

  private static int run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).start();
    return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
  }
}
