package io.alertcap.capturer;

import static io.alertcap.capturer.fixture.CapturerJvm.kill;
import static io.alertcap.capturer.fixture.Requests.forNetns;
import static io.alertcap.capturer.fixture.Requests.spec;
import static io.alertcap.capturer.fixture.Requests.with;
import static io.alertcap.capturer.fixture.Requests.withPodIp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.capturer.capture.PcapFile;
import io.alertcap.capturer.dns.DnsPod;
import io.alertcap.capturer.dns.Tshark;
import io.alertcap.capturer.fixture.CapturerJvm;
import io.alertcap.capturer.fixture.Outside;
import io.alertcap.capturer.fixture.RestartableOutside;
import io.alertcap.capturer.lab.Machine;
import io.alertcap.capturer.netns.NamespaceLab;
import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureStatus;
import io.alertcap.schemas.Statistics;
import io.alertcap.schemas.VerdictCode;
import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A capturer in a JVM of its own, killed with SIGKILL between its steps, and started again. */
@Timeout(180)
class KilledCapturerIT {

  private static final int PORT = 5353;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension final NamespaceLab lab = new NamespaceLab();
  @TempDir Path directory;

  private CapturerJvm capturers;
  private RestartableOutside servers;
  private Outside outside;

  @BeforeEach
  void start() throws Exception {
    servers = new RestartableOutside(directory);
    outside = servers.view();
    capturers = new CapturerJvm(directory);
    Files.writeString(
        directory.resolve("capturer.yaml"), outside.config(directory.resolve("spool")));
  }

  @AfterEach
  void close() {
    capturers.close();
    outside.close();
    servers.close();
  }

  @Test
  void whileItCaptures() throws Exception {
    Process capturer = startCapturer();
    CaptureRequest request = request("capturing", Duration.ofMinutes(2));
    outside.start(request);
    outside.awaitEvent(request.id(), CaptureStatus.STARTED);
    DatagramChannel pod = lab.udpSocket(lab.pod());
    NamespaceLab.send(pod, NamespaceLab.GATEWAY_OF_POD, PORT, 10, 40);
    Path file = spooled(request).resolve("capture.pcap");
    await().atMost(PATIENCE).until(() -> Files.size(file) == 24 + 10 * (16 + 82));

    kill(capturer);
    startCapturer();

    CaptureEvent.Completed completed = completed(request);
    assertThat(completed.result().end()).isEqualTo(CaptureEnd.INTERRUPTED);
    assertThat(completed.result().packets()).isEqualTo(10);
    Path copy = outside.download(completed.artifact().key(), directory.resolve("copy.pcap"));
    assertThat(Machine.output("tshark", "-r", copy.toString())).hasSize(10);
  }

  /**
   * Names, figures and verdict come from the file, and only the kernel knew what it had dropped.
   */
  @Test
  void whileItCapturesEverythingButTheKernelsCountsIsKnownLater() throws Exception {
    DnsPod.needDnsmasq();
    Process capturer = startCapturer();
    DnsPod server = DnsPod.start(lab, directory);
    CaptureRequest request =
        withPodIp(
            with(forNetns("dns", lab.podPath()), spec("port 53", "eth0", Duration.ofMinutes(2))),
            DnsPod.ADDRESS);
    outside.start(request);
    outside.awaitEvent(request.id(), CaptureStatus.STARTED);
    for (int i = 0; i < 25; i++) {
      server.ask("one.local.test", 2_000);
    }
    await()
        .atMost(PATIENCE)
        .until(() -> PcapFile.scan(spooled(request).resolve("capture.pcap")).packets() == 50);

    kill(capturer);
    startCapturer();

    CaptureEvent.Completed completed = completed(request);
    Statistics statistics = completed.result().statistics().orElseThrow();
    assertThat(statistics.counts()).isEmpty();
    assertThat(completed.enrichment().orElseThrow().warnings())
        .containsExactly(
            "How many packets the kernel dropped is not known: its counts were lost with the process that captured.");
    Path file = outside.download(completed.artifact().key(), directory.resolve("copy.pcapng.gz"));
    expectTimes(statistics, Machine.output("capinfos", "-S", "-a", "-e", file.toString()));
    assertThat(statistics.topPeers().orElseThrow())
        .singleElement()
        .satisfies(peer -> {
          assertThat(peer.address()).isEqualTo(NamespaceLab.GATEWAY_OF_POD);
          assertThat(peer.packets()).isEqualTo(50);
        });
    assertThat(completed.dns().orElseThrow().verdict().code()).isEqualTo(VerdictCode.HEALTHY);
    assertThat(completed.tcp()).isPresent();
    Path transcript =
        outside.download(completed.transcript().orElseThrow(), directory.resolve("copy.dns.txt"));
    new Tshark(file).expect(completed.dns().orElseThrow(), Files.readString(transcript));
  }

  private static void expectTimes(Statistics statistics, List<String> capinfos) {
    assertThat(capinfos)
        .anyMatch(
            line -> line.startsWith("First packet time:") && ends(line, statistics.firstPacketAt()))
        .anyMatch(
            line -> line.startsWith("Last packet time:") && ends(line, statistics.lastPacketAt()));
  }

  /** As seconds since 1970. */
  private static boolean ends(String line, Optional<Instant> time) {
    Instant at = time.orElseThrow();
    return line.endsWith(" %d.%09d".formatted(at.getEpochSecond(), at.getNano()));
  }

  @Test
  void betweenCapturingAndUploading() throws Exception {
    Process capturer = startCapturer();
    servers.stopS3();
    CaptureRequest request = request("captured", Duration.ofMillis(300));
    outside.start(request);
    outside.awaitEvent(request.id(), CaptureStatus.CAPTURED);

    kill(capturer);
    servers.startS3();
    startCapturer();

    assertThat(completed(request).result().end()).isEqualTo(CaptureEnd.DURATION);
    assertThat(outside.keys()).hasSize(2);
  }

  @Test
  void betweenUploadingAndTelling() throws Exception {
    Process capturer = startCapturer();
    CaptureRequest request = request("uploaded", Duration.ofSeconds(2));
    outside.start(request);
    outside.awaitEvent(request.id(), CaptureStatus.STARTED);
    servers.stopKafka();
    await()
        .atMost(PATIENCE)
        .until(() -> journal(request).filter(text -> text.contains("\"completed\"")).isPresent());

    kill(capturer);
    servers.startKafka();
    startCapturer();

    completed(request);
    assertThat(outside.keys()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 15, 40, 120, 400, 700})
  void someMillisecondsAfterTheCommand(int millis) throws Exception {
    Process capturer = startCapturer();
    await().atMost(PATIENCE).until(() -> capturers.log().contains("Reading the commands"));
    CaptureRequest request = request("after-" + millis, Duration.ofMillis(300));
    outside.start(request);
    boolean unused = capturer.waitFor(millis, TimeUnit.MILLISECONDS);

    kill(capturer);
    startCapturer();

    completed(request);
    assertThat(outside.keys()).hasSize(2);
    assertThat(outside.events(request.id()))
        .extracting(CaptureEvent::status)
        .contains(CaptureStatus.STARTED, CaptureStatus.CAPTURED);
  }

  @Test
  void sigtermEndsACaptureAsInterruptedAndDeliversIt() throws Exception {
    Process capturer = startCapturer();
    CaptureRequest request = request("terminated", Duration.ofMinutes(2));
    outside.start(request);
    outside.awaitEvent(request.id(), CaptureStatus.STARTED);

    capturer.destroy();

    assertThat(capturer.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(completed(request).result().end()).isEqualTo(CaptureEnd.INTERRUPTED);
    assertThat(spooled(request)).doesNotExist();
  }

  @Test
  void wrongConfigurationEndsWithEveryErrorAndStatus78() throws Exception {
    Path config = Files.writeString(directory.resolve("wrong.yaml"), "node: {nam: x}\nkafka: {}\n");

    Process capturer = capturers.start(config);

    assertThat(capturer.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(capturer.exitValue()).isEqualTo(78);
    assertThat(capturers.log())
        .contains("wrong.yaml:1", "node.name", "node.nam", "kafka.bootstrapServers", "s3.bucket");
  }

  private CaptureRequest request(String name, Duration duration) {
    return with(forNetns(name, lab.podPath()), spec("udp", "auto", duration));
  }

  private CaptureEvent.Completed completed(CaptureRequest request) {
    outside.awaitEvent(request.id(), CaptureStatus.COMPLETED);
    return outside.events(request.id()).stream()
        .filter(CaptureEvent.Completed.class::isInstance)
        .map(CaptureEvent.Completed.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private Path spooled(CaptureRequest request) {
    return directory.resolve("spool/captures").resolve(request.id().value());
  }

  private Optional<String> journal(CaptureRequest request) {
    try {
      return Optional.of(Files.readString(spooled(request).resolve("journal.json")));
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  private Process startCapturer() throws IOException {
    return capturers.start(directory.resolve("capturer.yaml"));
  }
}
