package io.alertcap.capturer.dissect;

/** An IPv4 header with its options, an IPv6 header with its extension headers, or ARP. */
final class NetworkHeader {

  static final int NO_PROTOCOL = -1;

  private static final int IPV4_BYTES = 20;
  private static final int IPV6_BYTES = 40;
  private static final int ARP_BYTES = 8;

  /** More than any sane packet carries (RFC 8200 names six kinds, one of them twice). */
  private static final int MOST_EXTENSIONS = 8;

  private static final int HOP_BY_HOP = 0;
  private static final int ROUTING = 43;
  private static final int FRAGMENT = 44;
  private static final int AUTHENTICATION = 51;
  private static final int NO_NEXT_HEADER = 59;
  private static final int DESTINATION_OPTIONS = 60;

  private int family;
  private int protocol;
  private int end;
  private int packetEnd;
  private int fragmentOffset;
  private boolean moreFragments;
  private boolean malformed;
  private long sourceHigh;
  private long sourceLow;
  private long destinationHigh;
  private long destinationLow;

  void read(int etherType, PacketBytes bytes, int start) {
    family = 0;
    protocol = NO_PROTOCOL;
    end = start;
    packetEnd = bytes.original();
    fragmentOffset = 0;
    moreFragments = false;
    malformed = false;
    switch (etherType) {
      case LinkHeader.ETHERTYPE_IPV4 -> ipv4(bytes, start);
      case LinkHeader.ETHERTYPE_IPV6 -> ipv6(bytes, start);
      case LinkHeader.ETHERTYPE_ARP -> arp(bytes, start);
      default -> {}
    }
  }

  /** 4, 6, or 0 where this is no IP packet. */
  int family() {
    return family;
  }

  int protocol() {
    return protocol;
  }

  /** Where the transport header begins, or would. */
  int end() {
    return end;
  }

  /** Where the IP packet ends by its own length: link-layer padding follows. */
  int packetEnd() {
    return packetEnd;
  }

  int fragmentOffset() {
    return fragmentOffset;
  }

  boolean isFragment() {
    return moreFragments || fragmentOffset > 0;
  }

  boolean isMalformed() {
    return malformed;
  }

  long sourceHigh() {
    return sourceHigh;
  }

  long sourceLow() {
    return sourceLow;
  }

  long destinationHigh() {
    return destinationHigh;
  }

  long destinationLow() {
    return destinationLow;
  }

  private void ipv4(PacketBytes bytes, int start) {
    if (!begins(bytes, start, IPV4_BYTES)) {
      return;
    }
    int first = bytes.unsignedByte(start);
    int headerBytes = (first & 0xf) * 4;
    if (first >> 4 != 4 || headerBytes < IPV4_BYTES) {
      malformed = true;
      end = start;
      return;
    }
    family = 4;
    sourceHigh = 0;
    sourceLow = IpAddress.MAPPED | bytes.unsignedInt(start + 12);
    destinationHigh = 0;
    destinationLow = IpAddress.MAPPED | bytes.unsignedInt(start + 16);
    int fragment = bytes.unsignedShort(start + 6);
    moreFragments = (fragment & 0x2000) != 0;
    fragmentOffset = (fragment & 0x1fff) * 8;
    protocol = bytes.unsignedByte(start + 9);
    end = Math.min(start + headerBytes, bytes.original());
    ends(bytes, start, bytes.unsignedShort(start + 2));
  }

  private void ipv6(PacketBytes bytes, int start) {
    if (!begins(bytes, start, IPV6_BYTES)) {
      return;
    }
    if (bytes.unsignedByte(start) >> 4 != 6) {
      malformed = true;
      end = start;
      return;
    }
    family = 6;
    sourceHigh = bytes.signedLong(start + 8);
    sourceLow = bytes.signedLong(start + 16);
    destinationHigh = bytes.signedLong(start + 24);
    destinationLow = bytes.signedLong(start + 32);
    end = start + IPV6_BYTES;
    int payload = bytes.unsignedShort(start + 4);
    ends(bytes, start, payload == 0 ? 0 : payload + IPV6_BYTES);
    extensions(bytes, bytes.unsignedByte(start + 6));
  }

  private boolean begins(PacketBytes bytes, int start, int headerBytes) {
    end = Math.min(start + headerBytes, Math.max(start, bytes.original()));
    malformed = end - start < headerBytes;
    return bytes.has(start, headerBytes);
  }

  /** A length of 0 is that of a packet too big for the field: segmentation offload, jumbograms. */
  private void ends(PacketBytes bytes, int start, int length) {
    if (length == 0) {
      return;
    }
    int available = bytes.original() - start;
    malformed = length < end - start || length > available;
    packetEnd = Math.max(end, start + Math.min(length, available));
  }

  private void extensions(PacketBytes bytes, int firstHeader) {
    int header = firstHeader;
    for (int i = 0; i < MOST_EXTENSIONS && isExtension(header); i++) {
      if (!bytes.has(end, 8)) {
        end = Math.min(end + 8, bytes.original());
        return;
      }
      int length = bytes.unsignedByte(end + 1);
      if (header == FRAGMENT) {
        int fragment = bytes.unsignedShort(end + 2);
        fragmentOffset = fragment & 0xfff8;
        moreFragments = (fragment & 1) != 0;
      }
      int next = bytes.unsignedByte(end);
      end +=
          switch (header) {
            case FRAGMENT -> 8;
            case AUTHENTICATION -> (length + 2) * 4;
            default -> (length + 1) * 8;
          };
      header = next;
      if (end > packetEnd) {
        malformed = true;
        end = packetEnd;
        return;
      }
      if (fragmentOffset > 0) {
        break;
      }
    }
    malformed |= isExtension(header) && fragmentOffset == 0;
    protocol = header == NO_NEXT_HEADER ? NO_PROTOCOL : header;
  }

  private static boolean isExtension(int header) {
    return switch (header) {
      case HOP_BY_HOP, ROUTING, FRAGMENT, AUTHENTICATION, DESTINATION_OPTIONS, 135, 139, 140 ->
          true;
      default -> false;
    };
  }

  /** ARP is header all through. */
  private void arp(PacketBytes bytes, int start) {
    end = start + ARP_BYTES;
    if (bytes.has(start, ARP_BYTES)) {
      end += 2 * (bytes.unsignedByte(start + 4) + bytes.unsignedByte(start + 5));
    }
    end = Math.min(end, bytes.original());
  }
}
