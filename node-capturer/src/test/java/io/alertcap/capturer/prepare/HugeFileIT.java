package io.alertcap.capturer.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.capturer.dissect.LinkType;
import io.alertcap.capturer.dns.VerdictThresholds;
import io.alertcap.capturer.enrich.DnsPorts;
import io.alertcap.capturer.enrich.Packets;
import io.alertcap.capturer.enrich.PayloadPolicy;
import io.alertcap.capturer.enrich.Room;
import io.alertcap.capturer.enrich.file.Compression;
import io.alertcap.capturer.enrich.file.FileFormat;
import io.alertcap.capturer.fixture.Requests;
import io.alertcap.capturer.lab.Machine;
import io.alertcap.capturer.meter.CapturerMeters;
import io.alertcap.capturer.spool.Spool;
import io.alertcap.capturer.spool.SpoolSettings;
import io.alertcap.capturer.spool.SpooledCapture;
import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureResult;
import io.alertcap.schemas.Statistics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file of more than 4 GiB, most of which takes no room on the disk: packets full of zeros. */
@Timeout(300)
class HugeFileIT {

  private static final int HUGE_PACKETS = 16_400;
  private static final int HUGE = 262_144;
  private static final int RECORD_HEADER = 16;

  @TempDir Path directory;

  @Test
  void whatLiesBehindFourGibibytesIsReadToo() throws IOException {
    Machine.needProgram("capinfos", "-v", "wireshark-common");
    try (Spool spool = Spool.open(SpoolSettings.in(directory), Clock.systemUTC())) {
      SpooledCapture capture = captured(spool);
      assertThat(Files.size(capture.file())).isGreaterThan(1L << 32);
      UploadPreparation preparation =
          new UploadPreparation(
              new PreparationSettings(
                  FileFormat.PCAPNG,
                  Compression.ZSTD.problem().isEmpty() ? Compression.ZSTD : Compression.GZIP,
                  DnsPorts.STANDARD,
                  VerdictThresholds.DEFAULTS),
              PayloadPolicy.EVERYTHING,
              Optional.empty(),
              Room.ENDLESS,
              new CapturerMeters(new SimpleMeterRegistry()),
              "1.2.3");

      Prepared prepared = ((Preparation.Ready) preparation.prepare(capture)).prepared();

      assertThat(prepared.enrichment().plainBecause()).isEmpty();
      assertThat(prepared.enrichment().warnings()).isEmpty();
      assertThat(prepared.packets()).isEqualTo(5 + HUGE_PACKETS + 5);
      assertThat(prepared.dns().orElseThrow().messages().queries()).isEqualTo(3 + 3);
      assertThat(Machine.output("capinfos", "-c", "-M", prepared.file(capture).toString()))
          .anyMatch(line -> line.matches("Number of packets: +" + prepared.packets()));
    }
  }

  private static SpooledCapture captured(Spool spool) throws IOException {
    CaptureRequest request = Requests.forContainer("huge");
    SpooledCapture capture = spool.accept(request);
    write(capture.file());
    Instant now = Instant.now();
    capture.record(new CaptureEvent.Started(request, now, "eth0", "EN10MB", now));
    CaptureResult result =
        new CaptureResult(
            CaptureEnd.BYTES,
            "eth0",
            "EN10MB",
            5 + HUGE_PACKETS + 5,
            Files.size(capture.file()),
            Optional.of(new Statistics(0, 0, 0, Optional.empty(), Optional.empty())),
            now,
            now);
    capture.record(new CaptureEvent.Captured(request, now, result));
    return capture;
  }

  /** The same few packets at both ends, and holes between the headers of the others. */
  private static void write(Path path) throws IOException {
    byte[] ends = Packets.file(LinkType.EN10MB);
    int seconds = ByteBuffer.wrap(ends).order(ByteOrder.LITTLE_ENDIAN).getInt(24);
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(ends));
      for (int i = 0; i < HUGE_PACKETS; i++) {
        ByteBuffer header = ByteBuffer.allocate(RECORD_HEADER).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(seconds + 1).putInt(i).putInt(HUGE).putInt(HUGE);
        file.write(header.flip());
        file.position(file.position() + HUGE);
      }
      file.write(ByteBuffer.wrap(ends, 24, ends.length - 24));
    }
  }
}
