package io.alertcap.capturer.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.capturer.dissect.LinkType;
import io.alertcap.capturer.dns.VerdictThresholds;
import io.alertcap.capturer.enrich.DnsPorts;
import io.alertcap.capturer.enrich.EnrichContext;
import io.alertcap.capturer.enrich.EnrichOutcome;
import io.alertcap.capturer.enrich.EnrichPass;
import io.alertcap.capturer.enrich.Packets;
import io.alertcap.capturer.enrich.Room;
import io.alertcap.capturer.enrich.file.Compression;
import io.alertcap.capturer.enrich.file.FileFormat;
import io.alertcap.capturer.fixture.Requests;
import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureResult;
import io.alertcap.schemas.PayloadProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranscriptFileTest {

  /** Room for the head, and the line that says what is left out. */
  private static final long HARDLY_ANYTHING = 220;

  @TempDir Path directory;

  @Test
  void whatItLeavesOutIsInTheReportAndInAWarning() throws IOException {
    Path file = directory.resolve("transcript.txt");

    Analyses.Reports reports = analyzed(file, HARDLY_ANYTHING);

    assertThat(reports.transcript()).isTrue();
    assertThat(reports.warnings())
        .containsExactly(
            "The transcript is cut at 220B: 3 transactions more are in the figures, and not in it.");
    assertThat(Files.readAllLines(file))
        .hasSize(2)
        .last()
        .isEqualTo("# 3 more are left out: this file takes no more than 220 bytes");
    assertThat(reports.dns().orElseThrow().messages().queries()).isEqualTo(3);
  }

  @Test
  void whatIsNotCutSaysNothing() throws IOException {
    Path file = directory.resolve("transcript.txt");

    Analyses.Reports reports = analyzed(file, TranscriptFile.MOST_BYTES);

    assertThat(reports.warnings()).isEmpty();
    assertThat(Files.readAllLines(file)).hasSize(4).noneMatch(line -> line.contains("left out"));
  }

  private Analyses.Reports analyzed(Path file, long mostBytes) throws IOException {
    Path packets = Files.write(directory.resolve("capture.pcap"), Packets.file(LinkType.EN10MB));
    try (TranscriptFile transcript = TranscriptFile.create(file, Room.ENDLESS, mostBytes)) {
      Analyses analyses = Analyses.of(context(), VerdictThresholds.DEFAULTS, transcript);
      EnrichOutcome outcome =
          new EnrichPass(Optional.empty(), Room.ENDLESS)
              .run(packets, directory.resolve("enriched"), context(), analyses.observers());
      assertThat(outcome).isInstanceOf(EnrichOutcome.Enriched.class);
      return analyses.conclude();
    }
  }

  private static EnrichContext context() {
    Instant now = Instant.now();
    return new EnrichContext(
        Requests.forContainer("a"),
        new CaptureResult(
            CaptureEnd.DURATION, "eth0", "EN10MB", 5, 500, Optional.empty(), now, now),
        "",
        PayloadProfile.FULL,
        DnsPorts.STANDARD,
        FileFormat.PCAPNG,
        Compression.NONE,
        "1.2.3");
  }
}
