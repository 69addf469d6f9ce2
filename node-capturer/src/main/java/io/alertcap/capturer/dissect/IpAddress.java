package io.alertcap.capturer.dissect;

import io.alertcap.capturer.statistics.SeededHash;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IP address of either family, as {@link Dissector} names it: an IPv4 address is kept as the
 * IPv4-mapped IPv6 address.
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 */
public record IpAddress(long high, long low) {

  /** The lower half of {@code ::ffff:0:0}. */
  static final long MAPPED = 0xffff_0000_0000L;

  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
  private static final int GROUPS = 8;

  public static IpAddress of(InetAddress address) {
    byte[] bytes = address.getAddress();
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return bytes.length == 4
        ? new IpAddress(0, MAPPED | (buffer.getInt() & 0xffff_ffffL))
        : new IpAddress(buffer.getLong(), buffer.getLong());
  }

  /** The lower half of an IPv4 address; the upper one is 0. */
  public static long ipv4(long unsigned) {
    return MAPPED | unsigned;
  }

  /** The address that a text means, absent where it is none; no name is ever looked up. */
  public static Optional<IpAddress> parse(String text) {
    if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(of(InetAddress.getByName(text)));
    } catch (UnknownHostException notAnAddress) {
      return Optional.empty();
    }
  }

  public boolean isIpv4() {
    return isIpv4(high, low);
  }

  /** As {@link #isIpv4()}, of an address in two halves. */
  public static boolean isIpv4(long high, long low) {
    return high == 0 && (low & ~0xffff_ffffL) == MAPPED;
  }

  /** Whether it never leaves its host: {@code 127.0.0.0/8} and {@code ::1}. */
  public boolean isLoopback() {
    return isLoopback(high, low);
  }

  /** As {@link #isLoopback()}, of an address in two halves. */
  public static boolean isLoopback(long high, long low) {
    return isIpv4(high, low) ? (low >>> 24 & 0xff) == 127 : high == 0 && low == 1;
  }

  /** The four or sixteen bytes, in network order. */
  public byte[] bytes() {
    return isIpv4()
        ? ByteBuffer.allocate(4).putInt((int) low).array()
        : ByteBuffer.allocate(16).putLong(high).putLong(low).array();
  }

  /** Seeded, as senders choose addresses. */
  @Override
  public int hashCode() {
    return SeededHash.ofAddress(high, low);
  }

  /** Dotted decimal for IPv4, the canonical text of RFC 5952 for IPv6. */
  @Override
  public String toString() {
    return isIpv4() ? dotted() : canonical();
  }

  private String dotted() {
    return (low >>> 24 & 0xff)
        + "."
        + (low >>> 16 & 0xff)
        + "."
        + (low >>> 8 & 0xff)
        + "."
        + (low & 0xff);
  }

  private String canonical() {
    int zeros = 0;
    int firstZero = GROUPS;
    for (int i = 0; i < GROUPS; i++) {
      int run = zerosFrom(i);
      if (run > 1 && run > zeros) {
        zeros = run;
        firstZero = i;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == firstZero) {
        text.append("::");
        i += zeros - 1;
      } else {
        text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":");
        text.append(Integer.toHexString(group(i)));
      }
    }
    return text.toString();
  }

  private int zerosFrom(int first) {
    int i = first;
    while (i < GROUPS && group(i) == 0) {
      i++;
    }
    return i - first;
  }

  private int group(int index) {
    long half = index < 4 ? high : low;
    return (int) (half >>> (48 - 16 * (index & 3))) & 0xffff;
  }
}
