package io.alertcap.capturer.dns;

/** Unsigned numbers, highest byte first. */
final class NetworkOrder {

  private NetworkOrder() {}

  static int unsignedShort(byte[] data, int at) {
    return ((data[at] & 0xff) << 8) | (data[at + 1] & 0xff);
  }

  static long unsignedInt(byte[] data, int at) {
    return ((long) unsignedShort(data, at) << 16) | unsignedShort(data, at + 2);
  }
}
