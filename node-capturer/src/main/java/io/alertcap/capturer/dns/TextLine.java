package io.alertcap.capturer.dns;

import io.alertcap.capturer.dissect.IpAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A text in ASCII that is put together byte by byte, millions of times, in one array. */
final class TextLine {

  private static final int FIRST_BYTES = 512;
  private static final int BILLION = 1_000_000_000;
  private static final int BILLION_DIGITS = 9;

  private byte[] bytes = new byte[FIRST_BYTES];
  private int length;

  int length() {
    return length;
  }

  /** Forgets what came after the first so many bytes. */
  void cut(int newLength) {
    length = newLength;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
  }

  TextLine put(char c) {
    room(1);
    bytes[length++] = (byte) c;
    return this;
  }

  TextLine put(String ascii) {
    int count = ascii.length();
    room(count);
    int at = length;
    for (int i = 0; i < count; i++) {
      bytes[at + i] = (byte) ascii.charAt(i);
    }
    length = at + count;
    return this;
  }

  /** In decimal; {@code value} is not negative. */
  TextLine number(long value) {
    return value < BILLION
        ? number((int) value)
        : number(value / BILLION).digits((int) (value % BILLION), BILLION_DIGITS);
  }

  /** As {@link #number(long)}. */
  TextLine number(int value) {
    int digits = 1;
    for (int rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    return digits(value, digits);
  }

  /** The last {@code digits} digits, with leading zeros. */
  TextLine digits(int value, int digits) {
    room(digits);
    int rest = value;
    for (int at = length + digits - 1; at >= length; at--) {
      int tenth = rest / 10;
      bytes[at] = (byte) ('0' + rest - 10 * tenth);
      rest = tenth;
    }
    length += digits;
    return this;
  }

  /** An address as {@link IpAddress} writes it. */
  TextLine address(long high, long low) {
    if (!IpAddress.isIpv4(high, low)) {
      return put(new IpAddress(high, low).toString());
    }
    int v4 = (int) low;
    number(v4 >>> 24).put('.').number((v4 >>> 16) & 0xff).put('.');
    return number((v4 >>> 8) & 0xff).put('.').number(v4 & 0xff);
  }

  /**
   * A name as zone files write it (RFC 1035, 5.1), with its final dot: dots and backslashes in a
   * label escaped, and as {@code \DDD} whatever is not printable ASCII.
   */
  TextLine name(byte[] wire, int wireLength) {
    int at = 0;
    while (at < wireLength && wire[at] != 0) {
      int end = at + 1 + wire[at];
      for (at++; at < end; at++) {
        byte b = wire[at];
        if (isPlain(b)) {
          put((char) b);
        } else if (b == '.') {
          put('\\').put('.');
        } else {
          escaped(b);
        }
      }
      put('.');
    }
    return at == 0 ? put('.') : this;
  }

  /** A byte so that it can neither end a field nor move a terminal's cursor. */
  TextLine escaped(byte b) {
    if (b <= ' ' || b == 0x7f) {
      return put('\\').digits(b & 0xff, 3);
    }
    if (b == '\\' || b == '"') {
      put('\\');
    }
    return put((char) b);
  }

  /** Whether it stands for itself in any name: most bytes of most names. */
  private static boolean isPlain(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || b == '-';
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.US_ASCII);
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      grow(more);
    }
  }

  private void grow(int more) {
    bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
  }
}
