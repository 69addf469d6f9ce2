package io.alertcap.capturer.dissect;

/**
 * The headers of one packet at a time. {@link #dissect} looks at a packet, the other methods say
 * what it found, until the next packet. Nothing is allocated and no bytes are copied.
 *
 * <p>Whatever the bytes are, nothing is thrown and nothing outside of them is read: lengths that
 * lie are cut to what is there and reported by {@link #isMalformed}, headers that the snapshot
 * length cut off are reported by {@link #isTruncated}. What is not there reads as 0.
 *
 * <p>Not safe for use by several threads.
 */
public final class Dissector {

  public static final int TCP_FIN = 0x01;
  public static final int TCP_SYN = 0x02;
  public static final int TCP_RST = 0x04;
  public static final int TCP_ACK = 0x10;

  private final PacketBytes bytes = new PacketBytes();
  private final LinkHeader link = new LinkHeader();
  private final NetworkHeader network = new NetworkHeader();
  private final TransportHeader transport = new TransportHeader();

  /**
   * Looks at a packet.
   *
   * @param data an array that holds the packet, which must not change while this is asked about it
   * @param start index of the packet's first byte
   * @param captured bytes that are in {@code data}
   * @param original bytes that the packet had on the wire; taken for {@code captured} where it is
   *     less
   * @return this
   * @throws IndexOutOfBoundsException where {@code data} does not hold that slice
   */
  public Dissector dissect(LinkType type, byte[] data, int start, int captured, int original) {
    bytes.set(data, start, captured, original);
    link.read(type, bytes);
    network.read(link.etherType(), bytes, link.end());
    transport.read(network, bytes);
    return this;
  }

  /** 4, 6, or 0 where this is no IP packet or its header is not whole. */
  public int family() {
    return network.family();
  }

  /** How many VLAN tags there are, 0 to 2. */
  public int vlans() {
    return link.vlans();
  }

  /** The kernel's number of the interface ({@link LinkType#LINUX_SLL2} only), otherwise 0. */
  public int interfaceIndex() {
    return link.interfaceIndex();
  }

  /**
   * Whether this is the first of the two sights that a capture on {@code any} has of a packet on
   * the loopback interface: as it is sent, and again as it is received.
   */
  public boolean isLoopbackEcho() {
    return link.isLoopbackEcho();
  }

  /**
   * The upper 64 bits of the source address. IPv4 addresses are IPv4-mapped ({@code
   * ::ffff:a.b.c.d}, RFC 4291), so that two longs name an address of either family; see {@link
   * IpAddress}. Without meaning where {@link #family} is 0, as are the other three.
   */
  public long sourceHigh() {
    return network.sourceHigh();
  }

  /** The lower 64 bits of the source address. */
  public long sourceLow() {
    return network.sourceLow();
  }

  /** The upper 64 bits of the destination address. */
  public long destinationHigh() {
    return network.destinationHigh();
  }

  /** The lower 64 bits of the destination address. */
  public long destinationLow() {
    return network.destinationLow();
  }

  /**
   * The protocol above IP by IANA's number, after any extension headers; -1 where there is none.
   */
  public int protocol() {
    return network.protocol();
  }

  /** Whether this is one part of a packet that was sent in several. */
  public boolean isFragment() {
    return network.isFragment();
  }

  /** Whether this is a part after the first, which has no transport header. */
  public boolean isLaterFragment() {
    return network.fragmentOffset() > 0;
  }

  /** Whether there is a UDP header, with ports. */
  public boolean isUdp() {
    return transport.isRead() && network.protocol() == TransportHeader.UDP;
  }

  /** Whether there is a TCP header, with ports, flags and numbers. */
  public boolean isTcp() {
    return transport.isRead() && network.protocol() == TransportHeader.TCP;
  }

  /** Whether there is an ICMP or ICMPv6 header. */
  public boolean isIcmp() {
    return transport.isRead() && !isUdp() && !isTcp();
  }

  /** The UDP or TCP source port. */
  public int sourcePort() {
    return transport.sourcePort();
  }

  /** The UDP or TCP destination port. */
  public int destinationPort() {
    return transport.destinationPort();
  }

  /** The eight TCP flags from FIN (lowest bit) to CWR; 0 where {@link #isTcp} is false. */
  public int tcpFlags() {
    return transport.flags();
  }

  /** The TCP sequence number, to be compared by its difference; for TCP only. */
  public int tcpSequence() {
    return transport.sequence();
  }

  /** The TCP acknowledgment number; for TCP only. */
  public int tcpAcknowledgment() {
    return transport.acknowledgment();
  }

  /** The TCP window as it stands in the header, unscaled; for TCP only. */
  public int tcpWindow() {
    return transport.window();
  }

  /**
   * Bytes from the packet's first to the last of its last header: what is left of a packet whose
   * payload is removed. Never more than were captured. That last header is the transport's where it
   * can be read (TCP with its options, UDP, the 8 bytes of ICMP), otherwise that of IP, otherwise
   * that of the link; ARP is header all through.
   */
  public int headerBytes() {
    return Math.min(transport.end(), bytes.captured());
  }

  /** The array of the packet, in which {@link #payloadOffset} is an index. */
  public byte[] data() {
    return bytes.data();
  }

  /** Index in {@link #data} of the first byte after {@link #headerBytes}. */
  public int payloadOffset() {
    return bytes.start() + headerBytes();
  }

  /** Captured bytes of payload, without padding of the link layer. */
  public int payloadLength() {
    return Math.clamp(transport.payloadEnd(), headerBytes(), bytes.captured()) - headerBytes();
  }

  /** Bytes of payload on the wire, by the packet's headers. */
  public int originalPayloadLength() {
    return Math.max(0, transport.payloadEnd() - transport.end());
  }

  /** Whether bytes of headers or payload were on the wire but not captured. */
  public boolean isTruncated() {
    return Math.max(transport.end(), transport.payloadEnd()) > bytes.captured();
  }

  /** Whether a header contradicts itself or the packet's length. */
  public boolean isMalformed() {
    return network.isMalformed() || transport.isMalformed();
  }
}
