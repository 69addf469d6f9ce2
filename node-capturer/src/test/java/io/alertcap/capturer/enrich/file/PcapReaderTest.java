package io.alertcap.capturer.enrich.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertcap.capturer.enrich.file.FileEnding.Kind;
import io.alertcap.capturer.enrich.file.ReadPacket.Found;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PcapReaderTest {

  @ParameterizedTest
  @CsvSource({
    "0xa1b23c4d, true, 1770000000000000005",
    "0xa1b23c4d, false, 1770000000000000005",
    "0xa1b2c3d4, true, 1770000000000005000",
    "0xa1b2c3d4, false, 1770000000000005000"
  })
  void readsEveryByteOrderAndResolution(String magic, boolean little, long nanos)
      throws IOException {
    ByteOrder order = little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    byte[] file =
        new PcapBytes(Long.decode(magic).intValue(), order, 96, 113)
            .packet(1_770_000_000, 5, 1500, (byte) 1, (byte) 2)
            .packet(4_000_000_000L, 9, 0xffff_ffffL)
            .toArray();

    Found found = ReadPacket.all(file);

    assertThat(found.ending()).isEqualTo(new FileEnding(Kind.WHOLE, file.length));
    assertThat(found.packets().getFirst()).isEqualTo(new ReadPacket(nanos, 113, 1500, "0102"));
    assertThat(found.packets().getLast().original()).isEqualTo(0xffff_ffffL);
    assertThat(found.packets().getLast().epochNanos() / 1_000_000_000).isEqualTo(4_000_000_000L);
  }

  @Test
  void endsAtTheLastWholePacketWhereverAFileIsCut() throws IOException {
    byte[] whole =
        PcapBytes.of(1)
            .packet(1, 0, new byte[60])
            .packet(2, 0, 9000)
            .packet(3, 0, new byte[301])
            .toArray();
    List<Integer> ends = List.of(24, 100, 116, 433);
    assertThat(whole).hasSize(ends.getLast());

    for (int length = 24; length <= whole.length; length++) {
      int available = length;
      int valid = ends.stream().filter(end -> end <= available).mapToInt(i -> i).max().orElse(0);
      Found found = ReadPacket.all(Arrays.copyOf(whole, length));

      Kind kind = ends.contains(length) ? Kind.WHOLE : Kind.CUT;
      assertThat(found.ending()).isEqualTo(new FileEnding(kind, valid));
      assertThat(found.packets()).hasSize(ends.indexOf(valid));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 4, 23})
  void saysThatAHeaderIsNotWhole(int length) {
    byte[] cut = Arrays.copyOf(PcapBytes.of(1).toArray(), length);

    assertThatThrownBy(() -> ReadPacket.all(cut))
        .isInstanceOf(NotACaptureFile.class)
        .hasMessageContaining("within its header");
  }

  @Test
  void refusesAnotherFile() {
    byte[] text = "this is no capture file, though long enough".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> ReadPacket.all(text)).isInstanceOf(NotACaptureFile.class);
  }

  @Test
  void takesALengthThatCannotBeForDamage() throws IOException {
    PcapBytes bytes = PcapBytes.of(1).packet(1, 0, new byte[60]);
    int valid = bytes.toArray().length;
    byte[] file = bytes.header(2, 0, Integer.MAX_VALUE, 60).raw(new byte[100]).toArray();

    assertThat(ReadPacket.all(file).ending()).isEqualTo(new FileEnding(Kind.DAMAGED, valid));
  }

  @Test
  void takesZerosAndATimeThatCannotBeForDamage() throws IOException {
    byte[] zeros = PcapBytes.of(1).packet(1, 0, new byte[60]).raw(new byte[4096]).toArray();
    byte[] time = PcapBytes.of(1).packet(1, 1_000_000_000, new byte[60]).toArray();

    assertThat(ReadPacket.all(zeros).ending()).isEqualTo(new FileEnding(Kind.DAMAGED, 100));
    assertThat(ReadPacket.all(time).ending()).isEqualTo(new FileEnding(Kind.DAMAGED, 24));
  }

  @Test
  void readsTheLargestPacketsFromAStreamThatComesInPieces() throws IOException {
    PcapBytes bytes = PcapBytes.of(1);
    for (int i = 0; i < 20; i++) {
      byte[] data = new byte[CaptureFileReader.LARGEST_PACKET - i];
      Arrays.fill(data, (byte) i);
      bytes.packet(i, 0, data).packet(i, 1, new byte[] {(byte) i});
    }
    InputStream pieces =
        new ByteArrayInputStream(bytes.toArray()) {
          @Override
          public synchronized int read(byte[] into, int offset, int length) {
            return super.read(into, offset, Math.min(length, 7919));
          }
        };

    try (CaptureFileReader reader = CaptureFileReader.open(pieces)) {
      for (int i = 0; i < 40; i++) {
        assertThat(reader.next()).isTrue();
        Packet packet = reader.packet();
        int last = packet.offset() + packet.capturedLength() - 1;
        assertThat(packet.capturedLength())
            .isEqualTo(i % 2 == 1 ? 1 : CaptureFileReader.LARGEST_PACKET - i / 2);
        assertThat(packet.data()[packet.offset()]).isEqualTo((byte) (i / 2));
        assertThat(packet.data()[last]).isEqualTo((byte) (i / 2));
      }
      assertThat(reader.next()).isFalse();
      assertThat(reader.ending().isWhole()).isTrue();
    }
  }

  @Test
  void readsPastFourGibibytes() throws IOException {
    byte[] record =
        Arrays.copyOfRange(PcapBytes.of(1).packet(1, 0, new byte[262_000]).toArray(), 24, 262_040);
    int packets = 16_500;
    InputStream endless = new RepeatedBytes(PcapBytes.of(1).toArray(), record, packets);

    try (CaptureFileReader reader = CaptureFileReader.open(endless)) {
      long count = 0;
      while (reader.next()) {
        count++;
      }
      assertThat(count).isEqualTo(packets);
      assertThat(reader.ending())
          .isEqualTo(new FileEnding(Kind.WHOLE, 24 + (long) packets * record.length));
      assertThat(reader.ending().validBytes()).isGreaterThan(1L << 32);
    }
  }

  /** A beginning, and then the same bytes again and again. */
  private static final class RepeatedBytes extends InputStream {

    private final byte[] repeated;
    private byte[] current;
    private int position;
    private int left;

    RepeatedBytes(byte[] beginning, byte[] repeated, int times) {
      this.repeated = repeated;
      this.current = beginning;
      this.left = times;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("one byte at a time is too slow");
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (position == current.length) {
        if (left == 0) {
          return -1;
        }
        left--;
        current = repeated;
        position = 0;
      }
      int step = Math.min(length, current.length - position);
      System.arraycopy(current, position, into, offset, step);
      position += step;
      return step;
    }
  }
}
