package io.alertcap.capturer.dns;

import io.alertcap.capturer.dissect.IpAddress;

/** Writes the data of a record in the form of zone files. */
final class RecordData {

  /** Of data without a form of its own, so many bytes are shown. */
  private static final int MOST_HEX_BYTES = 64;

  private static final int NUMBERS_OF_SOA_BYTES = 20;
  private static final String HEX = "0123456789abcdef";

  private final WireName name = new WireName();
  private TextLine line = new TextLine();
  private byte[] data = new byte[0];
  private int message;
  private int end;

  void add(TextLine to, int type, byte[] newData, int messageStart, int start, int newEnd) {
    line = to;
    data = newData;
    message = messageStart;
    end = newEnd;
    int before = line.length();
    boolean isKnown =
        switch (type) {
          case 1 -> ipv4(start);
          case 28 -> ipv6(start);
          case 2, 5, 12, 39 -> name(start) == end;
          case 15 -> numbersAndName(start, 1);
          case 33 -> numbersAndName(start, 3);
          case 16 -> strings(start);
          case 6 -> startOfAuthority(start);
          default -> false;
        };
    if (!isKnown) {
      line.cut(before);
      generic(start);
    }
  }

  private boolean ipv4(int start) {
    if (end - start != 4) {
      return false;
    }
    line.address(0, IpAddress.ipv4(NetworkOrder.unsignedInt(data, start)));
    return true;
  }

  private boolean ipv6(int start) {
    if (end - start != 16) {
      return false;
    }
    line.address(
        NetworkOrder.signedLong(data, start), NetworkOrder.signedLong(data, start + Long.BYTES));
    return true;
  }

  /** Returns the position after it, or -1. */
  private int name(int at) {
    int after = at > end ? -1 : name.read(data, message, at, end);
    if (after >= 0) {
      line.name(name.bytes(), name.length());
    }
    return after;
  }

  private boolean numbersAndName(int start, int numbers) {
    int at = start + 2 * numbers;
    if (at > end) {
      return false;
    }
    for (int i = start; i < at; i += 2) {
      line.number(NetworkOrder.unsignedShort(data, i)).put(' ');
    }
    return name(at) == end;
  }

  private boolean strings(int start) {
    int at = start;
    while (at < end) {
      int next = at + 1 + (data[at] & 0xff);
      if (next > end) {
        return false;
      }
      line.put(at == start ? "\"" : " \"");
      for (at++; at < next; at++) {
        line.escaped(data[at]);
      }
      line.put('"');
    }
    return true;
  }

  private boolean startOfAuthority(int start) {
    int at = name(start);
    if (at < 0) {
      return false;
    }
    line.put(' ');
    at = name(at);
    if (at < 0 || end - at != NUMBERS_OF_SOA_BYTES) {
      return false;
    }
    for (; at < end; at += 4) {
      line.put(' ').number(NetworkOrder.unsignedInt(data, at));
    }
    return true;
  }

  private void generic(int start) {
    int length = end - start;
    int shown = Math.min(length, MOST_HEX_BYTES);
    line.put("\\# ").number(length).put(' ');
    for (int i = start; i < start + shown; i++) {
      line.put(HEX.charAt((data[i] >> 4) & 0xf)).put(HEX.charAt(data[i] & 0xf));
    }
    line.put(shown < length ? "..." : "");
  }
}
