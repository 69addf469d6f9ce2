package io.alertcap.capturer.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.alertcap.capturer.capture.Capture;
import io.alertcap.capturer.capture.CaptureFilter;
import io.alertcap.capturer.capture.CaptureLimits;
import io.alertcap.capturer.capture.CaptureOutcome;
import io.alertcap.capturer.capture.CapturePlan;
import io.alertcap.capturer.capture.InterfaceChoice;
import io.alertcap.capturer.capture.LibpcapPacketSource;
import io.alertcap.capturer.capture.PacketTap;
import io.alertcap.capturer.capture.TapOpening;
import io.alertcap.capturer.enrich.file.Compression;
import io.alertcap.capturer.enrich.file.FileFormat;
import io.alertcap.capturer.lab.Machine;
import io.alertcap.capturer.netns.NamespaceLab;
import io.alertcap.capturer.netns.NetworkNamespace;
import io.alertcap.schemas.PayloadProfile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real packets of a real namespace, captured by the capture loop, and then enriched. */
@Timeout(120)
class CapturedFileIT {

  private static final int PACKETS = 1_000;

  @RegisterExtension final NamespaceLab lab = new NamespaceLab();
  @TempDir Path directory;

  private NetworkNamespace pod;
  private Path plain;

  @BeforeAll
  static void needLibpcap() {
    try {
      LibpcapPacketSource.warmUp();
    } catch (IOException e) {
      assumeTrue(false, "skipped: " + e.getMessage());
    }
  }

  @BeforeEach
  void openThePod() {
    pod = lab.pod();
    plain = directory.resolve("capture.pcap");
  }

  @ParameterizedTest
  @ValueSource(strings = {"eth0", "any"})
  void isTheSameForTcpdumpAfterThePass(String device) throws IOException {
    capture(device);
    Path target = directory.resolve("x.pcapng");

    EnrichOutcome outcome =
        new EnrichPass(Optional.empty(), Room.ENDLESS)
            .run(plain, target, Contexts.plain(), List.of());

    assertThat(((EnrichOutcome.Enriched) outcome).result().packets()).isEqualTo(PACKETS);
    assertThat(tcpdump(target)).hasSizeGreaterThan(PACKETS).isEqualTo(tcpdump(plain));
  }

  @Test
  void survivesASpoolFileThatIsCutAnywhere() throws IOException {
    capture("eth0");
    Path target = directory.resolve("x.pcapng.gz");
    EnrichContext context =
        Contexts.of(FileFormat.PCAPNG, Compression.GZIP, PayloadProfile.HEADERS);
    for (int cut = 1; cut < 200; cut += 7) {
      try (RandomAccessFile file = new RandomAccessFile(plain.toFile(), "rw")) {
        file.setLength(file.length() - cut);
      }

      EnrichOutcome outcome =
          new EnrichPass(Optional.empty(), Room.ENDLESS).run(plain, target, context, List.of());

      EnrichResult result = ((EnrichOutcome.Enriched) outcome).result();
      assertThat(Machine.output("capinfos", "-c", "-M", target.toString()))
          .anyMatch(line -> line.matches("Number of packets: +" + result.packets()));
    }
  }

  @Test
  void saysThatTheDiskIsFullAndLeavesNothingOnIt() throws IOException {
    capture("eth0");
    Path small = directory.resolve("small");
    Files.createDirectory(small);
    Machine.output("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small.toString());
    lab.closing(() -> Machine.output("umount", small.toString()));

    for (Compression compression : Compression.values()) {
      EnrichOutcome outcome =
          new EnrichPass(Optional.empty(), Room.ENDLESS)
              .run(
                  plain,
                  small.resolve("x"),
                  Contexts.of(FileFormat.PCAPNG, compression, PayloadProfile.FULL),
                  List.of());

      assertThat(outcome)
          .isInstanceOfSatisfying(
              EnrichOutcome.PlainInstead.class,
              instead -> assertThat(instead.reason()).contains("No space left on device"));
      assertThat(small).isEmptyDirectory();
    }
  }

  /** Datagrams of many sizes, whose content does not compress. */
  private void capture(String device) throws IOException {
    CapturePlan plan =
        CapturePlan.of(new CaptureFilter("udp port 5353"), InterfaceChoice.parse(device));
    TapOpening opening = new LibpcapPacketSource(Clock.systemUTC()).open(pod, plan);
    assertThat(opening).isInstanceOf(TapOpening.Opened.class);
    PacketTap tap = lab.closing(((TapOpening.Opened) opening).tap());
    Capture capture = new Capture(tap, Clock.systemUTC());
    CaptureLimits limits = new CaptureLimits(Duration.ofSeconds(60), 0, PACKETS);
    CompletableFuture<CaptureOutcome> outcome =
        CompletableFuture.supplyAsync(() -> capture.run(plain, limits));
    Random random = new Random(7);
    DatagramChannel socket = lab.udpSocket(pod);
    for (int i = 0; i < PACKETS; i++) {
      byte[] payload = new byte[random.nextInt(1_400)];
      random.nextBytes(payload);
      socket.send(
          ByteBuffer.wrap(payload), new InetSocketAddress(NamespaceLab.GATEWAY_OF_POD, 5353));
    }
    assertThat(outcome.join()).isInstanceOf(CaptureOutcome.Finished.class);
  }

  private static List<String> tcpdump(Path file) throws IOException {
    return Machine.output("tcpdump", "-nn", "-tttt", "--nano", "-e", "-xx", "-r", file.toString());
  }
}
