package io.alertcap.capturer.enrich.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
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

  private final OutputStream out;
  private ByteBuffer buffer = ByteBuffer.allocate(2 * FLUSH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private int blockStart;

  BlockBytes(OutputStream out) {
    this.out = out;
  }

  BlockBytes begin(int type) {
    blockStart = buffer.position();
    return u32(type).u32(0);
  }

  void end() throws IOException {
    int length = buffer.position() - blockStart + PcapngReader.BLOCK_TRAILER_BYTES;
    u32(length);
    buffer.putInt(blockStart + 4, length);
    if (buffer.position() >= FLUSH_BYTES) {
      flush();
    }
  }

  /** Bytes of the block so far. */
  int length() {
    return buffer.position() - blockStart;
  }

  BlockBytes u8(int value) {
    room(1);
    buffer.put((byte) value);
    return this;
  }

  BlockBytes u16(int value) {
    room(Short.BYTES);
    buffer.putShort((short) value);
    return this;
  }

  BlockBytes u32(int value) {
    room(Integer.BYTES);
    buffer.putInt(value);
    return this;
  }

  BlockBytes u64(long value) {
    room(Long.BYTES);
    buffer.putLong(value);
    return this;
  }

  /** A time stamp: the upper half first, in either byte order. */
  BlockBytes time(long units) {
    return u32((int) (units >>> 32)).u32((int) units);
  }

  BlockBytes bytes(byte[] data, int offset, int length) {
    room(length);
    buffer.put(data, offset, length);
    return this;
  }

  /** Zeros up to a multiple of 4, counted from the block's first byte. */
  BlockBytes pad() {
    while ((length() & 3) != 0) {
      u8(0);
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
    out.write(buffer.array(), 0, buffer.position());
    buffer.clear();
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

  private void room(int length) {
    if (buffer.remaining() < length) {
      int capacity = Math.max(2 * buffer.capacity(), buffer.position() + length);
      buffer = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN).put(buffer.flip());
    }
  }
}
