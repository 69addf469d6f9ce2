package io.alertcap.capturer.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(20)
class CaptureTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:05:05Z");
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path directory;
  private final FakeTap tap = new FakeTap();
  private final Capture capture = new Capture(tap, Clock.fixed(NOW, ZoneOffset.UTC));
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("capture.pcap");
  }

  @Test
  void endsAtTheNumberOfPackets() {
    tap.withPackets(100);

    CaptureResult result = finished(capture.run(file, new CaptureLimits(HOUR, 0, 7)));

    assertThat(result.end()).isEqualTo(CaptureEnd.PACKETS);
    assertThat(result.packets()).isEqualTo(7);
    assertThat(result.fileBytes()).isEqualTo(24 + 7 * FakeTap.PACKET_BYTES);
    assertThat(result.firstPacketAt()).contains(Instant.ofEpochSecond(1, 2));
    assertThat(result.linkType()).isEqualTo("EN10MB");
    assertThat(result.filterActiveAt()).isEqualTo(FakeTap.FILTER_ACTIVE_AT);
    assertThat(result.closedAt()).isEqualTo(result.filterActiveAt()); // the fake's packets are old
  }

  @Test
  void endsAtTheNumberOfBytes() {
    tap.withPackets(100);

    CaptureResult result = finished(capture.run(file, new CaptureLimits(HOUR, 1000, 0)));

    assertThat(result.end()).isEqualTo(CaptureEnd.BYTES);
    assertThat(result.fileBytes()).isBetween(1000L, 1000 + Slices.LARGEST_OVERSHOOT);
  }

  @Test
  void endsAfterItsDurationWithWhatHasCome() {
    tap.withPackets(3);

    CaptureResult result = finished(capture.run(file, CaptureLimits.of(Duration.ofMillis(200))));

    assertThat(result.end()).isEqualTo(CaptureEnd.DURATION);
    assertThat(result.packets()).isEqualTo(3);
  }

  @Test
  void hasAResultWithoutAnyPacket() {
    CaptureResult result = finished(capture.run(file, CaptureLimits.of(Duration.ofMillis(50))));

    assertThat(result.packets()).isZero();
    assertThat(result.firstPacketAt()).isEmpty();
    assertThat(result.fileBytes()).isEqualTo(24);
  }

  @ParameterizedTest
  @EnumSource(
      value = CaptureEnd.class,
      names = {"CANCELLED", "RESOLVED", "INTERRUPTED", "DISK"})
  void endsWhenToldTo(CaptureEnd reason) throws ExecutionException, InterruptedException {
    CompletableFuture<CaptureOutcome> outcome =
        CompletableFuture.supplyAsync(() -> capture.run(file, CaptureLimits.of(HOUR)));

    capture.stop(reason);
    capture.stop(CaptureEnd.TARGET_GONE);

    assertThat(finished(outcome.get()).end()).isEqualTo(reason);
  }

  @Test
  void endsAtOnceIfToldToBeforeItBegan() {
    capture.stop(CaptureEnd.CANCELLED);

    assertThat(finished(capture.run(file, CaptureLimits.of(HOUR))).end())
        .isEqualTo(CaptureEnd.CANCELLED);
  }

  @Test
  void noticesThatTheInterfaceIsGone() {
    tap.withPackets(2).removeInterface();

    CaptureResult result = finished(capture.run(file, CaptureLimits.of(HOUR)));

    assertThat(result.end()).isEqualTo(CaptureEnd.TARGET_GONE);
    assertThat(result.packets()).isEqualTo(2);
  }

  @Test
  void takesWhatTheInterfaceLeftInTheKernel() {
    tap.withPackets(2).leavingBehind(400).removeInterface();

    CaptureResult result = finished(capture.run(file, CaptureLimits.of(HOUR)));

    assertThat(result.packets()).isEqualTo(402);
    assertThat(result.counters()).isEqualTo(new PacketCounters(402, 0, 0));
    assertThat(result.lost()).isZero();
  }

  @Test
  void keepsALimitWhileItTakesWhatTheKernelHolds() {
    tap.withPackets(2).leavingBehind(400).removeInterface();

    CaptureResult result = finished(capture.run(file, new CaptureLimits(HOUR, 0, 100)));

    assertThat(result.end()).isEqualTo(CaptureEnd.PACKETS);
    assertThat(result.packets()).isEqualTo(100);
    assertThat(result.counters().received()).isEqualTo(100);
    assertThat(result.lost()).isZero();
  }

  @Test
  void noticesThatNothingIsWrittenAnyMore() {
    tap.withPackets(Slices.LONGEST).fillDisk();

    CaptureResult result = finished(capture.run(file, CaptureLimits.of(HOUR)));

    assertThat(result.end()).isEqualTo(CaptureEnd.DISK);
    assertThat(result.packets()).isZero();
    assertThat(result.counters().received()).isEqualTo(Slices.LONGEST);
    assertThat(result.lost()).isEqualTo(Slices.LONGEST);
  }

  @Test
  void flushesWhileItWaits() throws ExecutionException, InterruptedException {
    CompletableFuture<CaptureOutcome> outcome =
        CompletableFuture.supplyAsync(() -> capture.run(file, CaptureLimits.of(HOUR)));

    await().until(() -> tap.flushes() > 1);
    capture.stop(CaptureEnd.CANCELLED);
    assertThat(finished(outcome.get()).end()).isEqualTo(CaptureEnd.CANCELLED);
  }

  @Test
  void failsWhereTheFileCannotBeMade() {
    Path nowhere = directory.resolve("missing").resolve("capture.pcap");

    assertThat(capture.run(nowhere, CaptureLimits.of(HOUR)))
        .isInstanceOf(CaptureOutcome.Failed.class);
  }

  private static CaptureResult finished(CaptureOutcome outcome) {
    assertThat(outcome).isInstanceOf(CaptureOutcome.Finished.class);
    return ((CaptureOutcome.Finished) outcome).result();
  }
}
