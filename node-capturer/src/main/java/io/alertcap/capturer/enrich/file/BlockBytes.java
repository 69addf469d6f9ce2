package io.alertcap.capturer.enrich.file;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes pcapng blocks, little-endian. A block is begun, filled and ended; its length is known then
 * and put into both of its places. Blocks gather in one array, which is handed on whenever it is
 * full; only a block larger than the array makes it grow.
 */
final class BlockBytes {

  /** A larger option or record does not exist: its length has 16 bits. */
  static final int LARGEST_VALUE = 0xffff;

  private static final int END = 0;
  private static final int FLUSH_BYTES = 1 << 16;

  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final OutputStream out;
  private byte[] buffer = new byte[2 * FLUSH_BYTES];
  private int length;
  private int blockStart;

  BlockBytes(OutputStream out) {
    this.out = out;
  }

  BlockBytes begin(int type) {
    blockStart = length;
    return u32(type).u32(0);
  }

  void end() throws IOException {
    int blockLength = length() + PcapngReader.BLOCK_TRAILER_BYTES;
    u32(blockLength);
    INTS.set(buffer, blockStart + 4, blockLength);
    if (length >= FLUSH_BYTES) {
      flush();
    }
  }

  /** Bytes of the block so far. */
  int length() {
    return length - blockStart;
  }

  BlockBytes u16(int value) {
    room(Short.BYTES);
    SHORTS.set(buffer, length, (short) value);
    length += Short.BYTES;
    return this;
  }

  BlockBytes u32(int value) {
    room(Integer.BYTES);
    INTS.set(buffer, length, value);
    length += Integer.BYTES;
    return this;
  }

  BlockBytes u64(long value) {
    room(Long.BYTES);
    LONGS.set(buffer, length, value);
    length += Long.BYTES;
    return this;
  }

  /** A time stamp: the upper half first, in either byte order. */
  BlockBytes time(long units) {
    return u32((int) (units >>> 32)).u32((int) units);
  }

  BlockBytes bytes(byte[] data, int offset, int count) {
    room(count);
    System.arraycopy(data, offset, buffer, length, count);
    length += count;
    return this;
  }

  /** Zeros up to a multiple of 4, counted from the block's first byte. */
  BlockBytes pad() {
    int zeros = -length() & 3;
    room(zeros);
    for (int i = 0; i < zeros; i++) {
      buffer[length++] = 0;
    }
    return this;
  }

  BlockBytes option(int code, byte[] value) {
    return u16(code).u16(value.length).bytes(value, 0, value.length).pad();
  }

  /** Shortened where it is too long for an option, never within a character. */
  BlockBytes option(int code, String value) {
    return option(code, utf8(value, LARGEST_VALUE));
  }

  BlockBytes option(int code, long value) {
    return u16(code).u16(Long.BYTES).u64(value);
  }

  BlockBytes timeOption(int code, long units) {
    return u16(code).u16(Long.BYTES).time(units);
  }

  /** After options, and after the records of a Name Resolution Block. */
  BlockBytes endOfList() {
    return u16(END).u16(0);
  }

  void flush() throws IOException {
    out.write(buffer, 0, length);
    length = 0;
  }

  /** A text in UTF-8, without its end where it is longer than {@code most} bytes. */
  static byte[] utf8(String text, int most) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= most) {
      return bytes;
    }
    int length = most;
    while (length > 0 && (bytes[length] & 0xc0) == 0x80) {
      length--;
    }
    return Arrays.copyOf(bytes, length);
  }

  private void room(int more) {
    if (length + more > buffer.length) {
      grow(more);
    }
  }

  private void grow(int more) {
    buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, length + more));
  }
}
