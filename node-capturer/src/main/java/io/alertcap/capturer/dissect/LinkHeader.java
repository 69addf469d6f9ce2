package io.alertcap.capturer.dissect;

/** The link layer's header and up to two VLAN tags. */
final class LinkHeader {

  static final int ETHERTYPE_IPV4 = 0x0800;
  static final int ETHERTYPE_ARP = 0x0806;
  static final int ETHERTYPE_IPV6 = 0x86dd;

  private static final int ETHERTYPE_VLAN = 0x8100;
  private static final int ETHERTYPE_PROVIDER_VLAN = 0x88a8;
  private static final int ETHERTYPE_OLD_PROVIDER_VLAN = 0x9100;
  private static final int NO_ETHERTYPE = 0;
  private static final int LARGEST_VLAN_DEPTH = 2;

  private static final int ETHERNET_BYTES = 14;
  private static final int SLL_BYTES = 16;
  private static final int SLL2_BYTES = 20;
  private static final int NULL_BYTES = 4;
  private static final int VLAN_BYTES = 4;

  /** {@code PACKET_OUTGOING} of {@code linux/if_packet.h}. */
  private static final int PACKET_OUTGOING = 4;

  /** {@code ARPHRD_LOOPBACK} of {@code linux/if_arp.h}. */
  private static final int HARDWARE_LOOPBACK = 772;

  /** From here on an SLL packet's protocol field is no EtherType: netlink and radio headers. */
  private static final int HARDWARE_WITHOUT_ETHERTYPE = 801;

  private int etherType;
  private int end;
  private int vlans;
  private int interfaceIndex;
  private boolean loopbackEcho;

  void read(LinkType type, PacketBytes bytes) {
    etherType = NO_ETHERTYPE;
    end = 0;
    vlans = 0;
    interfaceIndex = 0;
    loopbackEcho = false;
    switch (type) {
      case EN10MB -> ethernet(bytes);
      case LINUX_SLL -> cooked(bytes);
      case LINUX_SLL2 -> cooked2(bytes);
      case NULL, LOOP -> addressFamily(bytes);
      case RAW -> raw(bytes);
      case IPV4 -> etherType = ETHERTYPE_IPV4;
      case IPV6 -> etherType = ETHERTYPE_IPV6;
    }
    tags(bytes);
  }

  int etherType() {
    return etherType;
  }

  /** Where the network header begins. */
  int end() {
    return end;
  }

  int vlans() {
    return vlans;
  }

  int interfaceIndex() {
    return interfaceIndex;
  }

  boolean isLoopbackEcho() {
    return loopbackEcho;
  }

  private void ethernet(PacketBytes bytes) {
    if (bytes.has(0, ETHERNET_BYTES)) {
      etherType = bytes.unsignedShort(12);
    }
    end = ETHERNET_BYTES;
  }

  private void cooked(PacketBytes bytes) {
    if (bytes.has(0, SLL_BYTES)) {
      hardware(bytes.unsignedShort(2), bytes.unsignedShort(0), bytes.unsignedShort(14));
    }
    end = SLL_BYTES;
  }

  private void cooked2(PacketBytes bytes) {
    if (bytes.has(0, SLL2_BYTES)) {
      interfaceIndex = bytes.signedInt(4);
      hardware(bytes.unsignedShort(8), bytes.unsignedByte(10), bytes.unsignedShort(0));
    }
    end = SLL2_BYTES;
  }

  private void hardware(int hardwareType, int packetType, int protocol) {
    loopbackEcho = hardwareType == HARDWARE_LOOPBACK && packetType == PACKET_OUTGOING;
    boolean namesEtherType = hardwareType < HARDWARE_WITHOUT_ETHERTYPE || hardwareType > 0xf000;
    etherType = namesEtherType ? protocol : NO_ETHERTYPE;
  }

  /** The address family is in the byte order of the machine that captured, which nothing tells. */
  private void addressFamily(PacketBytes bytes) {
    if (bytes.has(0, NULL_BYTES)) {
      int value = bytes.signedInt(0);
      int family = (value & 0xffff) == 0 ? Integer.reverseBytes(value) : value;
      etherType =
          switch (family) {
            case 2 -> ETHERTYPE_IPV4;
            // Linux, NetBSD and OpenBSD, FreeBSD, macOS
            case 10, 24, 28, 30 -> ETHERTYPE_IPV6;
            default -> NO_ETHERTYPE;
          };
    }
    end = NULL_BYTES;
  }

  private void raw(PacketBytes bytes) {
    if (bytes.has(0, 1)) {
      etherType =
          switch (bytes.unsignedByte(0) >> 4) {
            case 4 -> ETHERTYPE_IPV4;
            case 6 -> ETHERTYPE_IPV6;
            default -> NO_ETHERTYPE;
          };
    }
  }

  private void tags(PacketBytes bytes) {
    while (isTag(etherType)) {
      if (vlans == LARGEST_VLAN_DEPTH || !bytes.has(end, VLAN_BYTES)) {
        etherType = NO_ETHERTYPE;
        return;
      }
      etherType = bytes.unsignedShort(end + 2);
      end += VLAN_BYTES;
      vlans++;
    }
  }

  private static boolean isTag(int etherType) {
    return etherType == ETHERTYPE_VLAN
        || etherType == ETHERTYPE_PROVIDER_VLAN
        || etherType == ETHERTYPE_OLD_PROVIDER_VLAN;
  }
}
