package io.alertcap.capturer.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PcapFileTest {

  private static final int HEADER = 24;

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("a.pcap");
  }

  @ParameterizedTest
  @CsvSource({
    "0xa1b23c4d, LITTLE_ENDIAN, 1770000000.000000005",
    "0xa1b23c4d, BIG_ENDIAN, 1770000000.000000005",
    "0xa1b2c3d4, LITTLE_ENDIAN, 1770000000.000005000",
    "0xa1b2c3d4, BIG_ENDIAN, 1770000000.000005000"
  })
  void readsEveryByteOrderAndResolution(String magic, String order, String first)
      throws IOException {
    ByteOrder byteOrder = order.startsWith("L") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    PcapBytes bytes = new PcapBytes(Long.decode(magic).intValue(), byteOrder);
    Files.write(
        file, bytes.packet(1_770_000_000, 5, 60, 60).packet(4_000_000_000L, 9, 0, 40).toArray());

    PcapScan scan = PcapFile.scan(file);

    assertThat(scan.isWhole()).isTrue();
    assertThat(scan.packets()).isEqualTo(2);
    String[] parts = first.split("\\.", 2);
    assertThat(scan.firstPacketAt())
        .contains(Instant.ofEpochSecond(Long.parseLong(parts[0]), Long.parseLong(parts[1])));
    assertThat(scan.lastPacketAt().orElseThrow().getEpochSecond()).isEqualTo(4_000_000_000L);
  }

  @Test
  void findsTheValidPrefixOfAFileThatIsCutAtAnyByte() throws IOException {
    byte[] whole =
        PcapBytes.nanos()
            .packet(1, 0, 60, 60)
            .packet(2, 0, 0, 9000)
            .packet(3, 0, 301, 301)
            .packet(4, 999_999_999, 1, 1)
            .toArray();

    cutAtEveryByte(whole, List.of(HEADER, HEADER + 76, HEADER + 92, HEADER + 409, HEADER + 426));
  }

  @Test
  void findsTheValidPrefixOfTcpdumpsOwnFileThatIsCutAtAnyByte() throws IOException {
    byte[] whole;
    try (InputStream written = getClass().getResourceAsStream("udp-nanoseconds.pcap")) {
      whole = Objects.requireNonNull(written).readAllBytes();
    }

    // four datagrams of 7 to 10 bytes over loopback: 14 + 20 + 8 bytes of headers
    cutAtEveryByte(whole, List.of(24, 89, 155, 222, 290));
  }

  private void cutAtEveryByte(byte[] whole, List<Integer> ends) throws IOException {
    assertThat(whole).hasSize(ends.getLast());
    for (int length = 0; length <= whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      int available = length;
      int valid =
          ends.stream().filter(end -> end <= available).mapToInt(end -> end).max().orElse(0);

      PcapScan scan = PcapFile.scan(file);
      assertThat(scan.validBytes()).as("cut at %d", length).isEqualTo(valid);
      assertThat(scan.packets()).isEqualTo(Math.max(0, ends.indexOf(valid)));

      assertThat(PcapFile.repair(file).isWhole()).isEqualTo(valid > 0);
      assertThat(Files.readAllBytes(file)).isEqualTo(Arrays.copyOf(whole, valid));
    }
  }

  @Test
  void countsMoreThanItsBufferHolds() throws IOException {
    PcapBytes bytes = PcapBytes.nanos();
    for (int i = 0; i < 5_000; i++) {
      bytes.packet(i, 0, i % 150, 150);
    }
    Files.write(file, bytes.packet(6_000, 0, 200_000, 200_000).packet(7_000, 0, 1, 1).toArray());

    PcapScan scan = PcapFile.scan(file);

    assertThat(scan.isWhole()).isTrue();
    assertThat(scan.packets()).isEqualTo(5_002);
    assertThat(scan.lastPacketAt()).contains(Instant.ofEpochSecond(7_000));
  }

  @Test
  void stopsAtBlocksThatWereNeverWritten() throws IOException {
    Files.write(file, PcapBytes.nanos().packet(1, 0, 60, 60).raw(new byte[4096]).toArray());

    assertThat(PcapFile.scan(file).validBytes()).isEqualTo(HEADER + 76);
  }

  @Test
  void stopsAtWhatCannotBeAPacket() throws IOException {
    Files.write(
        file, PcapBytes.nanos().packet(1, 0, 60, 60).packet(1, 1_000_000_000, 60, 60).toArray());

    assertThat(PcapFile.scan(file).packets()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "this is no pcap file at all, though long enough"})
  void findsNothingInAnotherFile(String content) throws IOException {
    Files.writeString(file, content);

    PcapScan scan = PcapFile.scan(file);

    assertThat(scan.packets()).isZero();
    assertThat(scan.validBytes()).isZero();
    assertThat(scan.isWhole()).isFalse();
  }
}
