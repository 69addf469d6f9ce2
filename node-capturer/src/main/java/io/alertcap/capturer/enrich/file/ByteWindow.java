package io.alertcap.capturer.enrich.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The part of a stream that is being looked at: one array, used again and again. Positions given to
 * the getters count from the window's first byte, and must be within what {@link #holds} confirmed.
 */
final class ByteWindow implements Closeable {

  /** The largest packet of either format with its headers, and as much again to read ahead. */
  static final int BYTES = 2 * (CaptureFileReader.LARGEST_PACKET + 1024);

  private final InputStream in;
  private final byte[] data = new byte[BYTES];
  private final ByteBuffer view = ByteBuffer.wrap(data);
  private int start;
  private int end;

  /** Bytes of the stream before the window. */
  private long position;

  ByteWindow(InputStream in) {
    this.in = in;
  }

  void order(ByteOrder order) {
    view.order(order);
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
    return view.getShort(start + offset) & 0xffff;
  }

  int rawInt(int offset) {
    return view.getInt(start + offset);
  }

  long unsignedInt(int offset) {
    return rawInt(offset) & 0xffff_ffffL;
  }

  long signedLong(int offset) {
    return view.getLong(start + offset);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
