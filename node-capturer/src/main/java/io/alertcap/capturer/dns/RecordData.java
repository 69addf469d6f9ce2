package io.alertcap.capturer.dns;

import io.alertcap.capturer.dissect.IpAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Writes the data of a record in the form of zone files. */
final class RecordData {

  /** Of data without a form of its own, so many bytes are shown. */
  private static final int MOST_HEX_BYTES = 64;

  private final WireName name = new WireName();
  private byte[] data = new byte[0];
  private int message;
  private int end;

  String text(int type, byte[] newData, int messageStart, int start, int newEnd) {
    data = newData;
    message = messageStart;
    end = newEnd;
    String known =
        switch (type) {
          case 1 -> address(start, 4);
          case 28 -> address(start, 16);
          case 2, 5, 12, 39 -> onlyName(start);
          case 15 -> numbersAndName(start, 1);
          case 33 -> numbersAndName(start, 3);
          case 16 -> strings(start);
          case 6 -> startOfAuthority(start);
          default -> null;
        };
    return known == null ? generic(start) : known;
  }

  private @Nullable String address(int start, int bytes) {
    if (end - start != bytes) {
      return null;
    }
    try {
      byte[] copy = Arrays.copyOfRange(data, start, end);
      return IpAddress.of(InetAddress.getByAddress(copy)).toString();
    } catch (UnknownHostException e) {
      throw new AssertionError("four and sixteen bytes are addresses", e);
    }
  }

  private @Nullable String onlyName(int start) {
    return name.read(data, message, start, end) == end ? name.toString() : null;
  }

  private @Nullable String numbersAndName(int start, int numbers) {
    int at = start + 2 * numbers;
    if (at > end || name.read(data, message, at, end) != end) {
      return null;
    }
    StringBuilder text = new StringBuilder();
    for (int i = start; i < at; i += 2) {
      text.append(NetworkOrder.unsignedShort(data, i)).append(' ');
    }
    return text.append(name).toString();
  }

  private @Nullable String strings(int start) {
    StringBuilder text = new StringBuilder();
    int at = start;
    while (at < end) {
      int next = at + 1 + (data[at] & 0xff);
      if (next > end) {
        return null;
      }
      text.append(text.isEmpty() ? "\"" : " \"");
      for (at++; at < next; at++) {
        WireName.escape(data[at], text);
      }
      text.append('"');
    }
    return text.toString();
  }

  private @Nullable String startOfAuthority(int start) {
    int at = name.read(data, message, start, end);
    if (at < 0) {
      return null;
    }
    StringBuilder text = new StringBuilder().append(name).append(' ');
    at = name.read(data, message, at, end);
    if (at < 0 || end - at != 20) {
      return null;
    }
    text.append(name);
    for (; at < end; at += 4) {
      text.append(' ').append(NetworkOrder.unsignedInt(data, at));
    }
    return text.toString();
  }

  private String generic(int start) {
    int length = end - start;
    int shown = Math.min(length, MOST_HEX_BYTES);
    return "\\# "
        + length
        + " "
        + HexFormat.of().formatHex(data, start, start + shown)
        + (shown < length ? "..." : "");
  }
}
