package io.alertcap.capturer.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.capturer.dissect.LinkType;
import io.alertcap.capturer.dns.VerdictThresholds;
import io.alertcap.capturer.enrich.DnsPorts;
import io.alertcap.capturer.enrich.Packets;
import io.alertcap.capturer.enrich.PayloadPolicy;
import io.alertcap.capturer.enrich.Room;
import io.alertcap.capturer.enrich.file.Compression;
import io.alertcap.capturer.enrich.file.FileFormat;
import io.alertcap.capturer.enrich.names.NamesSettings;
import io.alertcap.capturer.enrich.names.TriggerAddressNames;
import io.alertcap.capturer.fixture.CaptureFiles;
import io.alertcap.capturer.fixture.HostileServer;
import io.alertcap.capturer.fixture.HostileServer.Answering;
import io.alertcap.capturer.fixture.Requests;
import io.alertcap.capturer.meter.CapturerMeters;
import io.alertcap.capturer.spool.Spool;
import io.alertcap.capturer.spool.SpoolSettings;
import io.alertcap.capturer.spool.SpooledCapture;
import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureResult;
import io.alertcap.schemas.Peer;
import io.alertcap.schemas.Statistics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever stands where the trigger service should: the file is made, within the 2 s that names may
 * take, is without names, and the event says why.
 */
@Timeout(60)
class HostileNamesTest {

  /** 2 s, and what else a busy machine needs to prepare a file. */
  private static final Duration SOON = Duration.ofSeconds(6);

  private static final String CLIENT = "10.99.1.1";

  @TempDir Path directory;

  @Test
  void acceptsAndNeverAnswers() throws Exception {
    expect(HostileServer::never, "did not answer within 2000 ms");
  }

  @Test
  void dripsTheBytesOfItsHeaders() throws Exception {
    expect(
        (out, server) ->
            server.drip("HTTP/1.1 200 OK\r\nX: " + "x".repeat(10_000) + "\r\n\r\n", out),
        "did not answer within 2000 ms");
  }

  @Test
  void dripsTheBytesOfItsBody() throws Exception {
    expect(
        (out, server) -> {
          out.write(bytes("HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n"));
          server.drip(" ".repeat(10_000), out);
        },
        "did not answer within 2000 ms");
  }

  @Test
  void sendsABodyWithoutEnd() throws Exception {
    expect(
        (out, server) -> {
          out.write(bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"));
          while (true) {
            out.write(bytes("400\r\n" + " ".repeat(1024) + "\r\n"));
          }
        },
        "the answer is longer than 4194304 bytes");
  }

  @Test
  void sendsANameOfTenMegabytes() throws Exception {
    expect(names(CLIENT, "x".repeat(10_000_000)), "the answer is longer than 4194304 bytes");
  }

  @Test
  void sendsANameThatIsNoneThoughTheAnswerIsShortEnough() throws Exception {
    expect(names(CLIENT, "x".repeat(3_000_000)), "1 of the names given look like none");
  }

  @Test
  void sendsControlCharacters() throws Exception {
    expect(
        names(CLIENT, "\\u001b[31mred", "ns/po\\u0000d", "ns/\\u202edop", "ns/pod\\r\\n127.0.0.1"),
        "4 of the names given look like none");
  }

  /** Nobody asked, so nothing is missing: what is said of other addresses is not looked at. */
  @Test
  void sendsNamesOfOtherAddresses() throws Exception {
    Prepared prepared = prepared(names("192.0.2.99", "ns/evil"));

    assertThat(prepared.enrichment().warnings()).isEmpty();
    assertThat(namesIn(prepared)).isEmpty();
  }

  private void expect(Answering answering, String reason) throws Exception {
    Prepared prepared = prepared(answering);

    assertThat(prepared.enrichment().plainBecause()).isEmpty();
    assertThat(prepared.enrichment().warnings()).singleElement().asString().contains(reason);
    assertThat(namesIn(prepared)).isEmpty();
  }

  private Prepared prepared(Answering answering) throws Exception {
    try (HostileServer server = new HostileServer(answering);
        TriggerAddressNames names = TriggerAddressNames.of(settings(server)).orElseThrow();
        Spool spool = Spool.open(SpoolSettings.in(directory), Clock.systemUTC())) {
      SpooledCapture capture = captured(spool);
      long start = System.nanoTime();

      Preparation preparation = preparation(names).prepare(capture);

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
      Prepared prepared = ((Preparation.Ready) preparation).prepared();
      assertThat(CaptureFiles.packets(Files.readAllBytes(prepared.file(capture)))).isEqualTo(5);
      await().until(server::isLeftAlone);
      return prepared;
    }
  }

  private static List<String> namesIn(Prepared prepared) {
    List<Peer> peers = prepared.peers().orElseThrow();
    assertThat(peers).extracting(Peer::address).contains(CLIENT);
    return peers.stream().flatMap(peer -> peer.names().stream()).toList();
  }

  private static NamesSettings settings(HostileServer server) {
    return new NamesSettings(
        Optional.of(server.endpoint()), Optional.empty(), Optional.empty(), NamesSettings.LONGEST);
  }

  private static UploadPreparation preparation(TriggerAddressNames names) {
    return new UploadPreparation(
        new PreparationSettings(
            FileFormat.PCAPNG, Compression.NONE, DnsPorts.STANDARD, VerdictThresholds.DEFAULTS),
        PayloadPolicy.EVERYTHING,
        Optional.of(names),
        Room.ENDLESS,
        new CapturerMeters(new SimpleMeterRegistry()),
        "1.2.3");
  }

  private static SpooledCapture captured(Spool spool) throws IOException {
    CaptureRequest request = Requests.forContainer("hostile");
    SpooledCapture capture = spool.accept(request);
    Files.write(capture.file(), Packets.file(LinkType.EN10MB));
    Instant now = Instant.now();
    capture.record(new CaptureEvent.Started(request, now, "eth0", "EN10MB", now));
    CaptureResult result =
        new CaptureResult(
            CaptureEnd.DURATION,
            "eth0",
            "EN10MB",
            5,
            Files.size(capture.file()),
            Optional.of(new Statistics(5, 0, 0, Optional.empty(), Optional.empty())),
            now,
            now);
    capture.record(new CaptureEvent.Captured(request, now, result));
    return capture;
  }

  private static Answering names(String address, String... names) {
    String body = "{\"names\":{\"%s\":[\"%s\"]}}".formatted(address, String.join("\",\"", names));
    return (out, server) -> {
      out.write(
          bytes(
              "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
                  .formatted(body.length())));
      out.write(bytes(body));
      out.flush();
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
