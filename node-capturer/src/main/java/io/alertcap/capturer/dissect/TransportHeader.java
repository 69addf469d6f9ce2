package io.alertcap.capturer.dissect;

/** A TCP, UDP or ICMP header. */
final class TransportHeader {

  static final int ICMP = 1;
  static final int TCP = 6;
  static final int UDP = 17;
  static final int ICMPV6 = 58;

  private static final int TCP_BYTES = 20;
  private static final int UDP_BYTES = 8;
  private static final int ICMP_BYTES = 8;

  private boolean read;
  private boolean malformed;
  private int end;
  private int payloadEnd;
  private int sourcePort;
  private int destinationPort;
  private int flags;
  private int window;
  private int sequence;
  private int acknowledgment;

  void read(NetworkHeader network, PacketBytes bytes) {
    read = false;
    malformed = false;
    sourcePort = 0;
    destinationPort = 0;
    flags = 0;
    end = network.end();
    payloadEnd = Math.max(end, network.packetEnd());
    if (network.fragmentOffset() > 0) {
      return;
    }
    switch (network.protocol()) {
      case TCP -> tcp(bytes, end);
      case UDP -> udp(bytes, end);
      case ICMP, ICMPV6 -> begins(bytes, end, ICMP_BYTES);
      default -> {}
    }
  }

  /** Whether the whole fixed header was there. */
  boolean isRead() {
    return read;
  }

  boolean isMalformed() {
    return malformed;
  }

  /** Where the transport's payload begins. */
  int end() {
    return end;
  }

  /** Where the payload ended on the wire. */
  int payloadEnd() {
    return payloadEnd;
  }

  int sourcePort() {
    return sourcePort;
  }

  int destinationPort() {
    return destinationPort;
  }

  int flags() {
    return flags;
  }

  int window() {
    return window;
  }

  int sequence() {
    return sequence;
  }

  int acknowledgment() {
    return acknowledgment;
  }

  private void tcp(PacketBytes bytes, int start) {
    if (!begins(bytes, start, TCP_BYTES)) {
      return;
    }
    ports(bytes, start);
    sequence = bytes.signedInt(start + 4);
    acknowledgment = bytes.signedInt(start + 8);
    int headerBytes = (bytes.unsignedByte(start + 12) >> 4) * 4;
    flags = bytes.unsignedByte(start + 13);
    window = bytes.unsignedShort(start + 14);
    malformed = headerBytes < TCP_BYTES || headerBytes > payloadEnd - start;
    if (!malformed) {
      end = start + headerBytes;
    }
  }

  private void udp(PacketBytes bytes, int start) {
    if (!begins(bytes, start, UDP_BYTES)) {
      return;
    }
    ports(bytes, start);
    int length = bytes.unsignedShort(start + 4);
    if (length >= UDP_BYTES) {
      payloadEnd = Math.min(payloadEnd, start + length);
    } else {
      // 0 is the length of a jumbogram (RFC 2675); 1 to 7 is a lie
      malformed = length > 0;
    }
  }

  private boolean begins(PacketBytes bytes, int start, int headerBytes) {
    end = Math.min(start + headerBytes, payloadEnd);
    malformed = end - start < headerBytes;
    read = !malformed && bytes.has(start, headerBytes);
    return read;
  }

  private void ports(PacketBytes bytes, int start) {
    sourcePort = bytes.unsignedShort(start);
    destinationPort = bytes.unsignedShort(start + 2);
  }
}
