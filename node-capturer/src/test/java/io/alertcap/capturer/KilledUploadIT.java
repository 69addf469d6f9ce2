package io.alertcap.capturer;

import static io.alertcap.capturer.dissect.PacketBuilder.UDP;
import static io.alertcap.capturer.dissect.PacketBuilder.ethernet;
import static io.alertcap.capturer.dissect.PacketBuilder.ip;
import static io.alertcap.capturer.dissect.PacketBuilder.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.capturer.dissect.LinkType;
import io.alertcap.capturer.dns.DnsBytes;
import io.alertcap.capturer.enrich.file.PcapBytes;
import io.alertcap.capturer.fixture.CapturerJvm;
import io.alertcap.capturer.fixture.Outside;
import io.alertcap.capturer.fixture.Requests;
import io.alertcap.capturer.fixture.RestartableOutside;
import io.alertcap.capturer.fixture.Valve;
import io.alertcap.capturer.spool.Spool;
import io.alertcap.capturer.spool.SpoolSettings;
import io.alertcap.capturer.spool.SpooledCapture;
import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureResult;
import io.alertcap.schemas.CaptureStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A capturer that is killed when one part of an object has arrived, and some of the next: the
 * transcript, of two parts, and the file, of three, are both resumed by the next process.
 */
@Timeout(180)
class KilledUploadIT {

  private static final int TRANSACTIONS = 110_000;
  private static final int SECOND = 1_795_386_816;
  private static final long MEBIBYTE = 1L << 20;
  private static final long PART = 16 * MEBIBYTE;

  @TempDir Path directory;

  private RestartableOutside servers;
  private Outside outside;
  private CapturerJvm capturers;

  @BeforeEach
  void start() throws Exception {
    servers = new RestartableOutside(directory);
    outside = servers.view();
    capturers = new CapturerJvm(directory);
  }

  @AfterEach
  void close() {
    capturers.close();
    outside.close();
    servers.close();
  }

  /** The transcript, of 18 MiB, goes first. */
  @ParameterizedTest
  @ValueSource(longs = {17, 36})
  void whatWasUploadedInPartIsResumed(long mebibytes) throws Exception {
    CaptureRequest request = captured();
    try (Valve valve = new Valve(servers.s3Endpoint(), mebibytes * MEBIBYTE)) {
      Path config = config(valve);
      Process first = capturers.start(config);
      await().atMost(Duration.ofSeconds(90)).until(valve::isHolding);
      CapturerJvm.kill(first);
      assertThat(outside.uploadsUnderWay()).hasSize(1);
      valve.open();
      long before = valve.passed();

      Process second = capturers.start(config);
      outside.awaitEvent(request.id(), CaptureStatus.COMPLETED);

      CaptureEvent.Completed completed =
          (CaptureEvent.Completed) outside.events(request.id()).getLast();
      Path file = outside.download(completed.artifact().key(), directory.resolve("file"));
      Path transcript =
          outside.download(completed.transcript().orElseThrow(), directory.resolve("transcript"));
      assertThat(file).hasSize(completed.artifact().bytes());
      assertThat(Files.readAllLines(transcript))
          .hasSize(1 + TRANSACTIONS)
          .startsWith(
              "# time\tclient\tserver\tname\ttype\trcode\tlatency\tupstream\tnotes\tanswers");
      assertThat(Files.size(transcript)).isBetween(PART, PART + 3 * MEBIBYTE);
      assertThat(outside.uploadsUnderWay()).isEmpty();
      assertThat(valve.passed() - before)
          .isLessThan(Files.size(file) + Files.size(transcript) - PART + MEBIBYTE);
      second.destroy();
    }
  }

  private Path config(Valve valve) throws IOException {
    String config =
        outside
            .config(directory.resolve("spool"))
            .replace(servers.s3Endpoint().toString(), valve.endpoint().toString())
            .replace("callTimeout: 5s", "callTimeout: 90s")
            .replace("attemptTimeout: 5s", "attemptTimeout: 90s")
            .replace("shutdownGrace: 10s", "shutdownGrace: 10s, compression: none");
    return Files.writeString(directory.resolve("capturer.yaml"), config);
  }

  /** What a capturer leaves that was killed when the file was closed. */
  private CaptureRequest captured() throws IOException {
    CaptureRequest request = Requests.forContainer("two-parts");
    try (Spool spool =
        Spool.open(SpoolSettings.in(directory.resolve("spool")), Clock.systemUTC())) {
      SpooledCapture capture = spool.accept(request);
      Files.write(capture.file(), packets());
      Instant now = Instant.now();
      capture.record(new CaptureEvent.Started(request, now, "eth0", "EN10MB", now));
      CaptureResult result =
          new CaptureResult(
              CaptureEnd.DURATION,
              "eth0",
              "EN10MB",
              2L * TRANSACTIONS,
              Files.size(capture.file()),
              Optional.empty(),
              now,
              now);
      capture.record(new CaptureEvent.Captured(request, now, result));
    }
    return request;
  }

  private static byte[] packets() {
    PcapBytes file = PcapBytes.of(LinkType.EN10MB.number());
    String client = "10.99.1.1";
    String server = "10.99.1.2";
    for (int i = 0; i < TRANSACTIONS; i++) {
      String name =
          "n%d.a-name-that-makes-its-line-in-the-transcript.longer.than-it-would.be-otherwise.example";
      int id = i & 0xffff;
      byte[] query = DnsBytes.query(id, name.formatted(i), DnsBytes.A);
      byte[] answer = DnsBytes.response(id, name.formatted(i), DnsBytes.A, 0);
      file.packet(
          SECOND + i / 10_000,
          i % 10_000 * 100_000,
          ethernet(0x0800, ip(client, server, UDP, udp(4_000, 53, query))));
      file.packet(
          SECOND + i / 10_000,
          i % 10_000 * 100_000 + 50_000,
          ethernet(0x0800, ip(server, client, UDP, udp(53, 4_000, answer))));
    }
    return file.toArray();
  }
}
