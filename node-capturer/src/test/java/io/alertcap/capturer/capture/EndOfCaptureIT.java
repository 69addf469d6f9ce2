package io.alertcap.capturer.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.capturer.capture.CapturePlan.Direction;
import io.alertcap.capturer.fixture.PodCapture;
import io.alertcap.capturer.lab.Machine;
import io.alertcap.capturer.netns.NamespaceLab;
import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * However a capture ends: what the kernel let in is in the file, or is counted as dropped or lost;
 * tshark reads the file.
 */
@Timeout(120)
class EndOfCaptureIT {

  private static final CaptureLimits LONG = CaptureLimits.of(Duration.ofSeconds(60));
  private static final int PORT = 5353;

  @RegisterExtension final NamespaceLab lab = new NamespaceLab();
  @TempDir Path directory;

  private DatagramChannel pod;
  private Path file;

  @BeforeAll
  static void needPrograms() {
    PodCapture.needLibpcap();
    Machine.needProgram("tshark", "--version", "tshark");
  }

  @BeforeEach
  void openThePod() {
    pod = lab.udpSocket(lab.pod());
    file = directory.resolve("capture.pcap");
  }

  @RepeatedTest(3)
  void takesWhatAnInterfaceLeavesBehind() throws IOException {
    Running running = start("eth0", Direction.INOUT, LONG);
    NamespaceLab.send(pod, NamespaceLab.GATEWAY_OF_POD, PORT, 400, 40);

    lab.ipInPod("link", "del", "eth0");
    CaptureResult result = running.result();

    assertThat(result.end()).isEqualTo(CaptureEnd.TARGET_GONE);
    assertThat(result.packets()).isEqualTo(400);
    assertThat(result.counters().received()).isEqualTo(400);
    assertThat(result.lost()).isZero();
    assertThat(numbers()).hasSize(400);
  }

  @ParameterizedTest
  @CsvSource({
    "800, CANCELLED",
    "800, INTERRUPTED",
    "800, DURATION",
    "50000, RESOLVED",
    "50000, DURATION"
  })
  void isWholeUpToTheMomentItTells(int packetsPerSecond, CaptureEnd end) throws IOException {
    Duration duration = Duration.ofMillis(end == CaptureEnd.DURATION ? 700 : 60_000);
    Running running = start("eth0", Direction.INOUT, CaptureLimits.of(duration));
    NumberedPackets sent =
        NumberedPackets.send(pod, NamespaceLab.GATEWAY_OF_POD, PORT, packetsPerSecond);
    try (sent) {
      await().until(() -> sent.count() > packetsPerSecond / 2);
      if (end != CaptureEnd.DURATION) {
        running.capture().stop(end);
      }
      running.result();
    }

    CaptureResult result = running.result();
    assertThat(result.end()).isEqualTo(end);
    assertAddsUp(result);
    assertThat(result.lost()).isZero();
    assertThat(result.counters().dropped()).isZero();
    int before = sent.countBefore(result.closedAt());
    assertThat(before).isPositive();
    assertThat(numbers())
        .hasSizeGreaterThanOrEqualTo(before)
        .isEqualTo(sent.first(numbers().size()));
  }

  @ParameterizedTest
  @CsvSource({"lo, INOUT", "lo, OUT", "any, INOUT", "any, OUT", "eth0, IN", "eth0, OUT"})
  void countsWhatItKeepsAndNothingElse(String device, Direction direction) throws IOException {
    Running running = start(device, direction, LONG);
    NamespaceLab.send(pod, NamespaceLab.GATEWAY_OF_POD, PORT, 20, 40);
    NamespaceLab.send(pod, "127.0.0.1", PORT, 30, 40);
    DatagramChannel gateway = lab.udpSocket(lab.gateway());
    NamespaceLab.send(gateway, "10.99.1.2", PORT, 40, 40);
    running.capture().stop(CaptureEnd.CANCELLED);

    CaptureResult result = running.result();

    assertThat(result.packets())
        .isEqualTo(
            switch (device + direction) {
              case "loOUT" -> 0; // libpcap shows it once, coming in
              case "loINOUT" -> 30;
              case "anyINOUT" -> 90;
              case "anyOUT", "eth0OUT" -> 20;
              default -> 40;
            });
    assertAddsUp(result);
    assertThat(result.lost()).isZero();
  }

  @RepeatedTest(3)
  void doesNotCountWhatCameWhileItWasBeingOpened() throws IOException {
    lab.load(pod, NamespaceLab.GATEWAY_OF_POD, 40, 7000, PORT);

    CaptureResult result =
        start("eth0", Direction.INOUT, CaptureLimits.of(Duration.ofMillis(300))).result();

    assertAddsUp(result);
    assertThat(result.lost()).isZero();
  }

  @Test
  void twoOfTheSameFilterRunBesideEachOther() throws IOException {
    Running first = start("eth0", Direction.INOUT, LONG);
    file = directory.resolve("second.pcap");
    Running second = start("eth0", Direction.INOUT, LONG);
    NamespaceLab.send(pod, NamespaceLab.GATEWAY_OF_POD, PORT, 50, 40);
    first.capture().stop(CaptureEnd.CANCELLED);
    second.capture().stop(CaptureEnd.CANCELLED);

    assertThat(first.result().packets()).isEqualTo(50);
    assertThat(second.result().packets()).isEqualTo(50);
    assertThat(numbers()).hasSize(50);
  }

  private static void assertAddsUp(CaptureResult result) {
    assertThat(result.packets() + result.counters().dropped() + result.lost())
        .isEqualTo(result.counters().received());
  }

  private Running start(String device, Direction direction, CaptureLimits limits) {
    CapturePlan plan =
        new CapturePlan(
            new CaptureFilter("udp port " + PORT),
            Optional.empty(),
            InterfaceChoice.parse(device),
            CapturePlan.LARGEST_SNAPLEN,
            8 << 20,
            direction);
    TapOpening opening = new LibpcapPacketSource(Clock.systemUTC()).open(lab.pod(), plan);
    assertThat(opening).isInstanceOf(TapOpening.Opened.class);
    Capture capture =
        new Capture(lab.closing(((TapOpening.Opened) opening).tap()), Clock.systemUTC());
    Path into = file;
    return new Running(capture, CompletableFuture.supplyAsync(() -> capture.run(into, limits)));
  }

  private record Running(Capture capture, CompletableFuture<CaptureOutcome> outcome) {

    CaptureResult result() {
      CaptureOutcome ended = outcome.join();
      assertThat(ended).isInstanceOf(CaptureOutcome.Finished.class);
      return ((CaptureOutcome.Finished) ended).result();
    }
  }

  /** The beginning of each payload, as tshark reads it. */
  private List<String> numbers() {
    return Machine.output(
            "tshark", "-n", "-r", file.toString(), "-T", "fields", "-e", "udp.payload")
        .stream()
        .map(payload -> payload.substring(0, 2 * Integer.BYTES))
        .toList();
  }
}
