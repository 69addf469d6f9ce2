package io.alertcap.capturer.enrich.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The part of a stream that is being looked at: one array, used again and again. Positions given to
 * the getters count from the window's first byte, and must be within what {@link #holds} confirmed.
 */
final class ByteWindow implements Closeable {

  /** The largest packet of either format with its headers, and as much again to read ahead. */
  static final int BYTES = 2 * (CaptureFileReader.LARGEST_PACKET + 1024);

  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final InputStream in;
  private final byte[] data = new byte[BYTES];
  private boolean bigEndian = true;
  private int start;
  private int end;

  /** Bytes of the stream before the window. */
  private long position;

  ByteWindow(InputStream in) {
    this.in = in;
  }

  void order(ByteOrder order) {
    bigEndian = order == ByteOrder.BIG_ENDIAN;
  }

  byte[] data() {
    return data;
  }

  /** Index in {@link #data} of the window's byte at {@code offset}. */
  int index(int offset) {
    return start + offset;
  }

  long position() {
    return position;
  }

  /** Whether the stream ends where the window begins. */
  boolean isAtEnd() throws IOException {
    return !holds(1);
  }

  /**
   * Has the window hold {@code length} bytes, at most {@link #BYTES}; reads as far as that takes.
   *
   * @return false if the stream ends before
   */
  boolean holds(int length) throws IOException {
    if (end - start >= length) {
      return true;
    }
    if (start + length > data.length || start == end) {
      System.arraycopy(data, start, data, 0, end - start);
      end -= start;
      start = 0;
    }
    while (end - start < length) {
      int read = in.read(data, end, data.length - end);
      if (read < 0) {
        return false;
      }
      end += read;
    }
    return true;
  }

  /** Moves the window on by bytes that it holds. */
  void advance(int length) {
    start += length;
    position += length;
  }

  /**
   * Moves the window on by any number of bytes, held or not.
   *
   * @return false if the stream ends before
   */
  boolean skip(long length) throws IOException {
    long left = length;
    while (left > 0) {
      if (!holds(1)) {
        return false;
      }
      int step = (int) Math.min(left, end - start);
      advance(step);
      left -= step;
    }
    return true;
  }

  int unsignedByte(int offset) {
    return data[start + offset] & 0xff;
  }

  int unsignedShort(int offset) {
    short value = (short) SHORTS.get(data, start + offset);
    return (bigEndian ? value : Short.reverseBytes(value)) & 0xffff;
  }

  int rawInt(int offset) {
    int value = (int) INTS.get(data, start + offset);
    return bigEndian ? value : Integer.reverseBytes(value);
  }

  long unsignedInt(int offset) {
    return rawInt(offset) & 0xffff_ffffL;
  }

  long signedLong(int offset) {
    long value = (long) LONGS.get(data, start + offset);
    return bigEndian ? value : Long.reverseBytes(value);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
