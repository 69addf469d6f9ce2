package io.alertcap.capturer.enrich.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import io.alertcap.capturer.dissect.IpAddress;
import io.alertcap.capturer.dissect.LinkType;
import io.alertcap.capturer.enrich.Packets;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the writers write, the readers read back: every byte, every length, every nanosecond. */
class RoundTripTest {

  private static final Instant START = Instant.parse("2026-11-22T22:33:35.000000001Z");
  private static final InterfaceStatistics STATISTICS =
      new InterfaceStatistics(START, START.plusSeconds(60), Optional.empty(), 4, "");

  @ParameterizedTest
  @CsvSource({"PCAP, 1", "PCAPNG, 1", "PCAPNG, 113", "PCAPNG, 276", "PCAPNG, 101", "PCAPNG, 147"})
  void keepsEveryPacketAsItIs(FileFormat format, int linkType) throws IOException {
    byte[] file = someFile(linkType);

    byte[] copy = write(file, format, Compression.NONE, Integer.MAX_VALUE);

    assertThat(ReadPacket.all(copy).ending().isWhole()).isTrue();
    assertThat(ReadPacket.all(copy).packets()).isEqualTo(ReadPacket.all(file).packets());
  }

  static Stream<Arguments> everyLinkTypeFormatAndCompression() {
    return Stream.of(LinkType.EN10MB, LinkType.LINUX_SLL, LinkType.LINUX_SLL2, LinkType.RAW)
        .flatMap(type ->
            Stream.of(FileFormat.values())
                .flatMap(format ->
                    Stream.of(Compression.values())
                        .map(compression -> Arguments.of(type, format, compression))));
  }

  /** Of IPv4, of IPv6, and truncated. */
  @ParameterizedTest
  @MethodSource("everyLinkTypeFormatAndCompression")
  void keepsEveryWholePacketOfAFileThatIsCutAtAnyByte(
      LinkType type, FileFormat format, Compression compression) throws IOException {
    byte[] whole = Packets.file(type);
    for (int length = 24; length <= whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      InputStream made =
          new ByteArrayInputStream(write(cut, format, compression, Integer.MAX_VALUE));

      ReadPacket.Found found = ReadPacket.all(Compression.undo(made).readAllBytes());

      assertThat(found.ending().isWhole()).isTrue();
      assertThat(found.packets()).isEqualTo(ReadPacket.all(cut).packets());
    }
  }

  @ParameterizedTest
  @EnumSource(FileFormat.class)
  void keepsTheOriginalLengthOfAPacketThatItCuts(FileFormat format) throws IOException {
    byte[] file = PcapBytes.of(1).packet(1, 2, 1500, (byte) 1, (byte) 2, (byte) 3).toArray();

    assertThat(ReadPacket.all(write(file, format, Compression.NONE, 2)).packets())
        .containsExactly(new ReadPacket(1_000_000_002, 1, 1500, "0102"));
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void compressesIntoWhatOthersDecompress(Compression compression) throws IOException {
    assertThat(compression.problem()).isEmpty();
    byte[] file = someFile(1);
    InputStream in =
        new ByteArrayInputStream(write(file, FileFormat.PCAPNG, compression, Integer.MAX_VALUE));
    InputStream plain =
        switch (compression) {
          case NONE -> in;
          case GZIP -> new GZIPInputStream(in);
          case ZSTD -> new ZstdInputStream(in);
        };

    byte[] content = plain.readAllBytes();

    assertThat(ReadPacket.all(content).packets()).isEqualTo(ReadPacket.all(file).packets());
    in.reset();
    assertThat(Compression.undo(in).readAllBytes()).isEqualTo(content);
  }

  @Test
  void writesTextsAndNamesOfAnySize() throws IOException {
    String endless = "ü".repeat(100_000);
    Map<IpAddress, List<String>> names = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      names.put(new IpAddress(7, i), List.of("ns/pod-" + i + "x".repeat(80), "ns/\0"));
    }
    names.put(new IpAddress(1, 1), List.of());
    names.put(new IpAddress(1, 2), Collections.nCopies(1_000, endless));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FileDescription description =
        new FileDescription(endless, endless, endless, endless, endless, endless, 96, 1);
    CaptureFileWriter writer = CaptureFileWriter.begin(FileFormat.PCAPNG, out, description);
    writer.names(names);
    try (CaptureFileReader reader = reader(someFile(1))) {
      reader.next();
      writer.packet(reader.packet(), 1);
    }
    writer.end(STATISTICS);

    ReadPacket.Found found = ReadPacket.all(out.toByteArray());

    assertThat(found.ending().isWhole()).isTrue();
    assertThat(found.packets()).hasSize(1);
    assertThat(out.size()).isGreaterThan(2_000_000);
  }

  @Test
  void neverCutsATextWithinACharacter() {
    assertThat(BlockBytes.utf8("aü", 2)).isEqualTo(new byte[] {'a'});
    assertThat(BlockBytes.utf8("aü", 3)).hasSize(3);
    assertThat(BlockBytes.utf8("\ud83d\ude00", 3)).isEmpty();
  }

  private static byte[] someFile(int linkType) {
    Random random = new Random(3);
    PcapBytes bytes = PcapBytes.of(linkType);
    for (int i = 0; i < 200; i++) {
      byte[] data = new byte[i < 40 ? i : random.nextInt(9_000)];
      random.nextBytes(data);
      bytes.packet(
          random.nextInt() & 0xffff_ffffL,
          random.nextInt(1_000_000_000),
          data.length + 1L + random.nextInt(2_000),
          data);
    }
    byte[] largest = new byte[CaptureFileReader.LARGEST_PACKET];
    random.nextBytes(largest);
    return bytes.packet(1, 999_999_999, largest).packet(4_294_967_295L, 0, 0xffff_ffffL).toArray();
  }

  private static byte[] write(byte[] file, FileFormat format, Compression compression, int most)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (CaptureFileReader reader = reader(file);
        OutputStream out = compression.over(bytes)) {
      int linkType = reader.networkInterface().orElseThrow().linkTypeNumber();
      CaptureFileWriter writer =
          CaptureFileWriter.begin(
              format, out, new FileDescription("a", "b", "c", "d", "e", "f", 262_144, linkType));
      while (reader.next()) {
        writer.packet(reader.packet(), Math.min(most, reader.packet().capturedLength()));
      }
      writer.end(STATISTICS);
    }
    return bytes.toByteArray();
  }

  private static CaptureFileReader reader(byte[] file) throws IOException {
    return CaptureFileReader.open(new ByteArrayInputStream(file));
  }
}
