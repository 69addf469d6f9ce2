package io.alertcap.capturer.dns;

import java.util.Arrays;

/**
 * A domain name, read from a message into uncompressed wire form (RFC 1035, 3.1 and 4.1.4). Reused
 * from name to name.
 */
final class WireName {

  static final int MOST_BYTES = 255;

  private static final int POINTER = 0xc0;

  private final byte[] bytes = new byte[MOST_BYTES];
  private int length;

  /**
   * Reads a name. A pointer is followed only to before where the name, or the part it was reached
   * from, begins, so that no message can make this loop.
   *
   * @param message first byte of the message that pointers count from
   * @return the position after the name, or -1 if it is not whole, too long or not a name
   */
  int read(byte[] data, int message, int position, int end) {
    length = 0;
    int after = -1;
    int at = position;
    int floor = position;
    int copied = position;
    while (at < end) {
      int head = data[at] & 0xff;
      if (head == 0) {
        append(data, copied, at + 1);
        return after < 0 ? at + 1 : after;
      }
      if ((head & POINTER) == POINTER) {
        if (at + 1 >= end) {
          return -1;
        }
        int target = message + (NetworkOrder.unsignedShort(data, at) & ~(POINTER << 8));
        if (target >= floor) {
          return -1;
        }
        append(data, copied, at);
        after = after < 0 ? at + 2 : after;
        at = target;
        floor = target;
        copied = target;
        continue;
      }
      int next = at + 1 + head;
      if ((head & POINTER) != 0 || next > end || length + next - copied >= MOST_BYTES) {
        return -1;
      }
      at = next;
    }
    return -1;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  @Override
  public String toString() {
    return new TextLine().name(bytes, length).toString();
  }

  /** Whether names are the same, whatever the case of their ASCII letters (RFC 4343). */
  static boolean isSame(byte[] a, int aLength, byte[] b, int bLength) {
    return aLength == bLength
        && (Arrays.equals(a, 0, aLength, b, 0, aLength) || isSameRange(a, 0, b, 0, aLength));
  }

  /** Whether parts of names are the same, whatever the case of their ASCII letters. */
  static boolean isSameRange(byte[] a, int aFrom, byte[] b, int bFrom, int length) {
    for (int i = 0; i < length; i++) {
      if (lower(a[aFrom + i]) != lower(b[bFrom + i])) {
        return false;
      }
    }
    return true;
  }

  /** A label's length is below any letter, so that a whole name can be lowered byte by byte. */
  private static byte lower(byte b) {
    return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
  }

  private void append(byte[] data, int from, int to) {
    System.arraycopy(data, from, bytes, length, to - from);
    length += to - from;
  }
}
