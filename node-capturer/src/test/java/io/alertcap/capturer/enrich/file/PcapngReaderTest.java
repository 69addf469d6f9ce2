package io.alertcap.capturer.enrich.file;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertcap.capturer.enrich.file.FileEnding.Kind;
import io.alertcap.capturer.enrich.file.ReadPacket.Found;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PcapngReaderTest {

  private static final byte[] DATA = {1, 2, 3, 4, 5};
  private static final String HEX = "0102030405";

  @Test
  void readsSeveralInterfacesAndSectionsOfEitherByteOrder() throws IOException {
    PcapngBytes bytes = new PcapngBytes().section(LITTLE_ENDIAN);
    bytes
        .networkInterface(1, 0, bytes.option(9, (byte) 9))
        .networkInterface(276, 96)
        .enhanced(0, 1_770_000_000_123_456_789L, 1500, DATA)
        .enhanced(1, 1_770_000_000_123_456L, 5, DATA)
        .section(BIG_ENDIAN);
    bytes.networkInterface(101, 0, bytes.option(9, (byte) 3)).enhanced(0, 17, 9, DATA);

    Found found = ReadPacket.all(bytes.toArray());

    assertThat(found.ending().kind()).isEqualTo(Kind.WHOLE);
    assertThat(found.packets())
        .containsExactly(
            new ReadPacket(1_770_000_000_123_456_789L, 1, 1500, HEX),
            new ReadPacket(1_770_000_000_123_456_000L, 276, 5, HEX),
            new ReadPacket(17_000_000, 101, 9, HEX));
  }

  @Test
  void readsSimpleAndObsoletePacketBlocksAndPassesOverOthers() throws IOException {
    PcapngBytes bytes = new PcapngBytes().section(BIG_ENDIAN).networkInterface(1, 3);
    bytes
        .block(0x0bad, bytes.buffer(4000))
        .obsolete(0, 7, 60, DATA)
        .block(4, bytes.buffer(4))
        .simple(60, (byte) 1, (byte) 2, (byte) 3)
        .simple(2, (byte) 8, (byte) 9)
        .block(5, bytes.buffer(12));

    Found found = ReadPacket.all(bytes.toArray());

    assertThat(found.ending().isWhole()).isTrue();
    assertThat(found.packets())
        .containsExactly(
            new ReadPacket(7_000, 1, 60, HEX),
            new ReadPacket(7_000, 1, 60, "010203"),
            new ReadPacket(7_000, 1, 2, "0809"));
  }

  @Test
  void readsTheResolutionAndTheOffsetOfTime() throws IOException {
    PcapngBytes bytes = new PcapngBytes().section(LITTLE_ENDIAN);
    byte[] resolution = bytes.option(9, (byte) 0x82);
    byte[] offset = bytes.longOption(14, 100);
    byte[] both = Arrays.copyOf(resolution, resolution.length + offset.length);
    System.arraycopy(offset, 0, both, resolution.length, offset.length);
    bytes.networkInterface(1, 0, both).enhanced(0, 13, 5, DATA);

    assertThat(ReadPacket.all(bytes.toArray()).packets().getFirst().epochNanos())
        .isEqualTo(103_250_000_000L);
  }

  @Test
  void endsAtTheLastWholeBlockWhereverAFileIsCut() throws IOException {
    PcapngBytes bytes = new PcapngBytes().section(LITTLE_ENDIAN).networkInterface(1, 0);
    int header = bytes.toArray().length;
    byte[] whole =
        bytes
            .enhanced(0, 1, 5, DATA)
            .block(0x0bad, bytes.buffer(40))
            .simple(5, DATA)
            .section(BIG_ENDIAN)
            .networkInterface(1, 0)
            .enhanced(0, 1, 5, DATA)
            .toArray();
    List<Integer> ends = List.of(header, header + 40, header + 92, header + 116);

    for (int length = 28; length <= whole.length; length++) {
      Found found = ReadPacket.all(Arrays.copyOf(whole, length));

      int available = length;
      long packets =
          List.of(ends.get(1), ends.get(3), whole.length).stream()
              .filter(end -> end <= available)
              .count();
      assertThat(found.packets()).as("cut at %d", length).hasSize((int) packets);
      assertThat(found.ending().kind()).isNotEqualTo(Kind.DAMAGED);
      assertThat(found.ending().isWhole()).isEqualTo(found.ending().validBytes() == length);
    }
  }

  @Test
  void takesBlocksThatLieForDamage() throws IOException {
    for (int wrong : new int[] {0, 11, 13, 36}) {
      PcapngBytes bytes = new PcapngBytes().section(LITTLE_ENDIAN).networkInterface(1, 0);
      int valid = bytes.toArray().length;
      byte[] file = bytes.enhanced(0, 1, 5, DATA).enhanced(0, 1, 5, DATA).toArray();
      file[valid + 4] = (byte) wrong;

      assertThat(ReadPacket.all(file).ending()).isEqualTo(new FileEnding(Kind.DAMAGED, valid));
    }
  }

  @Test
  void takesPacketsThatLieForDamage() throws IOException {
    for (int field : new int[] {8, 20}) { // the interface, the captured length
      PcapngBytes bytes = new PcapngBytes().section(LITTLE_ENDIAN).networkInterface(1, 0);
      int valid = bytes.toArray().length;
      byte[] file = bytes.enhanced(0, 1, 5, DATA).toArray();
      file[valid + field] = 9;

      assertThat(ReadPacket.all(file).ending()).isEqualTo(new FileEnding(Kind.DAMAGED, valid));
    }
  }

  @Test
  void refusesADamagedBeginning() {
    byte[] magic = new PcapngBytes().section(LITTLE_ENDIAN).toArray();
    magic[8]++;
    byte[] version = new PcapngBytes().section(LITTLE_ENDIAN).toArray();
    version[12]++;

    assertThatThrownBy(() -> ReadPacket.all(magic)).isInstanceOf(NotACaptureFile.class);
    assertThatThrownBy(() -> ReadPacket.all(version)).isInstanceOf(NotACaptureFile.class);
  }

  @Test
  void remembersNoEndlessNumberOfInterfaces() throws IOException {
    PcapngBytes bytes = new PcapngBytes().section(LITTLE_ENDIAN);
    for (int i = 0; i < 5_000; i++) {
      bytes.networkInterface(1, 0);
    }

    assertThat(ReadPacket.all(bytes.toArray()).ending().kind()).isEqualTo(Kind.DAMAGED);
  }

  @Test
  void readsAnyBytesToAnEnd() throws IOException {
    PcapngBytes bytes = new PcapngBytes().section(BIG_ENDIAN);
    bytes.networkInterface(1, 0, bytes.option(9, (byte) 9));
    for (int i = 0; i < 20; i++) {
      bytes.enhanced(0, i, 60, DATA).simple(60, DATA).obsolete(0, i, 60, DATA);
    }
    byte[] whole = bytes.toArray();
    Random random = new Random(17);
    for (int round = 0; round < 20_000; round++) {
      byte[] flipped = whole.clone();
      for (int i = 0; i <= round % 8; i++) {
        flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
      }
      try {
        assertThat(ReadPacket.all(flipped).ending().validBytes())
            .isBetween(0L, (long) flipped.length);
      } catch (NotACaptureFile refused) {
        assertThat(refused).hasMessageContaining("The file begins like");
      }
    }
  }
}
