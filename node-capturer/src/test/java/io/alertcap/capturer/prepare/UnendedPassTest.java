package io.alertcap.capturer.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.capturer.dissect.LinkType;
import io.alertcap.capturer.enrich.Packets;
import io.alertcap.capturer.enrich.PayloadPolicy;
import io.alertcap.capturer.fixture.Requests;
import io.alertcap.capturer.meter.CapturerMeters;
import io.alertcap.capturer.spool.Spool;
import io.alertcap.capturer.spool.SpoolSettings;
import io.alertcap.capturer.spool.SpooledCapture;
import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureResult;
import io.alertcap.schemas.PayloadProfile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passes whose processes ended before they did. */
class UnendedPassTest {

  @TempDir private Path directory;
  private Spool spool;
  private SpooledCapture capture;

  @BeforeEach
  void capture() throws IOException {
    spool = Spool.open(SpoolSettings.in(directory), Clock.systemUTC());
    CaptureRequest request = Requests.forContainer("a");
    capture = spool.accept(request);
    byte[] packets = Packets.file(LinkType.EN10MB);
    Files.write(capture.file(), packets);
    Instant now = Instant.now();
    capture.record(new CaptureEvent.Started(request, now, "eth0", "EN10MB", now));
    CaptureResult result =
        new CaptureResult(
            CaptureEnd.DURATION, "eth0", "EN10MB", 5, packets.length, Optional.empty(), now, now);
    capture.record(new CaptureEvent.Captured(request, now, result));
  }

  @AfterEach
  void close() throws IOException {
    spool.close();
  }

  @Test
  void oneIsTriedAgain() throws IOException {
    capture.beginPass();

    assertThat(prepare(PayloadPolicy.EVERYTHING))
        .isInstanceOfSatisfying(
            Preparation.Ready.class,
            ready -> assertThat(ready.prepared().enrichment().plainBecause()).isEmpty());
    assertThat(capture.unendedPasses()).isZero();
  }

  @Test
  void afterTwoTheFileIsTakenAsItIs() throws IOException {
    capture.beginPass();
    capture.beginPass();

    assertThat(prepare(PayloadPolicy.EVERYTHING))
        .isInstanceOfSatisfying(
            Preparation.Ready.class,
            ready ->
                assertThat(ready.prepared().enrichment().plainBecause())
                    .contains("2 processes in a row ended while they prepared the file."));
  }

  @Test
  void afterTwoAFileWhosePayloadMustNotLeaveTheNodeStays() throws IOException {
    capture.beginPass();
    capture.beginPass();

    assertThat(prepare(new PayloadPolicy(PayloadProfile.HEADERS, namespace -> false)))
        .isInstanceOf(Preparation.Withheld.class);
  }

  private Preparation prepare(PayloadPolicy policy) {
    return new UploadPreparation(
            PreparationSettings.STANDARD,
            policy,
            Optional.empty(),
            Optional::empty,
            new CapturerMeters(new SimpleMeterRegistry()),
            "1.2.3")
        .prepare(capture);
  }
}
