package io.alertcap.capturer.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.capturer.dissect.LinkType;
import io.alertcap.capturer.enrich.file.Compression;
import io.alertcap.capturer.enrich.file.FileFormat;
import io.alertcap.capturer.lab.Machine;
import io.alertcap.schemas.PayloadProfile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What others read in files made of a spool file that was cut: every link type that Linux gives,
 * packets of IPv4, of IPv6 and truncated ones, in every format and compression.
 */
class CutFilesIT {

  private static final int FILE_HEADER = 24;
  private static final int RECORD_HEADER = 16;

  @TempDir Path directory;

  static Stream<Arguments> everything() {
    return Stream.of(LinkType.EN10MB, LinkType.LINUX_SLL, LinkType.LINUX_SLL2, LinkType.RAW)
        .flatMap(type ->
            Stream.of(FileFormat.values())
                .flatMap(format ->
                    Stream.of(Compression.values())
                        .map(compression -> Arguments.of(type, format, compression))));
  }

  /** Within the last packet's data, within its header, and within that of the first. */
  @ParameterizedTest
  @MethodSource("everything")
  void othersReadEveryWholePacket(LinkType type, FileFormat format, Compression compression)
      throws IOException {
    byte[] whole = Packets.file(type);
    int last = whole.length - Packets.all(type).getFirst().length;
    expect(whole, whole.length, 5, type, format, compression);
    expect(whole, last + 1, 4, type, format, compression);
    expect(whole, last - 1, 4, type, format, compression);
    expect(whole, FILE_HEADER + RECORD_HEADER - 1, 0, type, format, compression);
  }

  private void expect(
      byte[] whole,
      int length,
      int packets,
      LinkType type,
      FileFormat format,
      Compression compression)
      throws IOException {
    Path plain = Files.write(directory.resolve("capture.pcap"), Arrays.copyOf(whole, length));
    EnrichContext context = Contexts.of(format, compression, PayloadProfile.FULL);
    Path made = directory.resolve("x" + context.extension());
    assertThat(new EnrichPass(Optional.empty(), Room.ENDLESS).run(plain, made, context, List.of()))
        .isInstanceOf(EnrichOutcome.Enriched.class);

    assertThat(Machine.output("capinfos", "-c", made.toString()))
        .anyMatch(line -> line.matches("Number of packets: +" + packets));
    List<String> expected =
        tshark(Files.write(directory.resolve("whole.pcap"), whole)).subList(0, packets);
    assertThat(tshark(made)).isEqualTo(expected);
    Path readable = decompressed(made, compression);
    assertThat(Machine.output("tcpdump", "-nn", "-r", readable.toString())).hasSize(packets);
    assertThat(Machine.run("tcpdump", "-nn", "-r", readable.toString()).errors())
        .contains("link-type " + tcpdumpsName(type))
        .doesNotContain("truncated dump file");
  }

  private static List<String> tshark(Path file) {
    return Machine.output(
        "tshark",
        "-n",
        "-r",
        file.toString(),
        "-T",
        "fields",
        "-e",
        "frame.time_epoch",
        "-e",
        "frame.cap_len",
        "-e",
        "frame.len",
        "-e",
        "ip.src",
        "-e",
        "ipv6.src",
        "-e",
        "dns.qry.name");
  }

  private Path decompressed(Path file, Compression compression) throws IOException {
    if (compression == Compression.NONE) {
      return file;
    }
    try (InputStream in = Compression.undo(new ByteArrayInputStream(Files.readAllBytes(file)))) {
      return Files.write(directory.resolve("decompressed"), in.readAllBytes());
    }
  }

  private static String tcpdumpsName(LinkType type) {
    return switch (type) {
      case EN10MB -> "EN10MB";
      case LINUX_SLL -> "LINUX_SLL";
      case LINUX_SLL2 -> "LINUX_SLL2";
      case RAW -> "RAW";
      case NULL, LOOP, IPV4, IPV6 -> throw new IllegalArgumentException("not captured on Linux");
    };
  }
}
