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
    while (at < end) {
      int head = data[at] & 0xff;
      if (head == 0) {
        bytes[length++] = 0;
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
        after = after < 0 ? at + 2 : after;
        at = target;
        floor = target;
        continue;
      }
      if ((head & POINTER) != 0 || at + 1 + head > end || length + 1 + head >= MOST_BYTES) {
        return -1;
      }
      System.arraycopy(data, at, bytes, length, head + 1);
      length += head + 1;
      at += head + 1;
    }
    return -1;
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, length);
  }

  int length() {
    return length;
  }

  /** Whether this is the name, whatever the case of its ASCII letters (RFC 4343). */
  boolean isSame(byte[] other) {
    if (length != other.length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (lower(bytes[i]) != lower(other[i])) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return text(bytes, length);
  }

  /** A label's length is below any letter, so that a whole name can be lowered byte by byte. */
  static byte lower(byte b) {
    return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
  }

  /**
   * A name as zone files write it (RFC 1035, 5.1), with its final dot: dots and backslashes in a
   * label escaped, and as {@code \DDD} whatever is not printable ASCII.
   */
  static String text(byte[] wire, int length) {
    StringBuilder text = new StringBuilder(length);
    int at = 0;
    while (at < length && wire[at] != 0) {
      int end = at + 1 + wire[at];
      for (at++; at < end; at++) {
        if (wire[at] == '.') {
          text.append('\\');
        }
        escape(wire[at], text);
      }
      text.append('.');
    }
    return text.isEmpty() ? "." : text.toString();
  }

  /** Appends a byte so that it can neither end a field nor move a terminal's cursor. */
  static void escape(byte b, StringBuilder to) {
    if (b > ' ' && b < 0x7f) {
      to.append(b == '\\' || b == '"' ? "\\" : "").append((char) b);
    } else {
      int value = b & 0xff;
      to.append('\\').append(value / 100).append(value / 10 % 10).append(value % 10);
    }
  }
}
