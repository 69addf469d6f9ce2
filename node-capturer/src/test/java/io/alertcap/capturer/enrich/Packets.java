package io.alertcap.capturer.enrich;

import static io.alertcap.capturer.dissect.PacketBuilder.cooked;
import static io.alertcap.capturer.dissect.PacketBuilder.cooked2;
import static io.alertcap.capturer.dissect.PacketBuilder.ethernet;
import static io.alertcap.capturer.dissect.PacketBuilder.ip;
import static io.alertcap.capturer.dissect.PacketBuilder.tcp;
import static io.alertcap.capturer.dissect.PacketBuilder.udp;

import io.alertcap.capturer.dissect.LinkType;
import io.alertcap.capturer.enrich.file.PcapBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Packets to and from the pod of {@link Contexts}, over any link layer. */
public final class Packets {

  static final String CLIENT = "10.99.1.1";
  static final String POD_SIX = "fd00:99::2";
  static final String CLIENT_SIX = "fd00:99::1";
  static final int SECOND = 1_795_386_816;

  private static final int DNS = 53;
  private static final int IPV4 = 0x0800;
  private static final int IPV6 = 0x86dd;
  private static final int ARPHRD_ETHER = 1;

  private Packets() {}

  /** A DNS query over IPv4, its answer, one over IPv6, TCP with payload, and one that was cut. */
  public static byte[] file(LinkType type) {
    PcapBytes file = PcapBytes.of(type.number());
    int nanos = 0;
    for (byte[] packet : all(type)) {
      file.packet(SECOND, 123_456_789 + nanos++, packet);
    }
    byte[] cut = all(type).getFirst();
    return file.packet(SECOND + 1, 999_999_999, 9000, cut).toArray();
  }

  static List<byte[]> all(LinkType type) {
    byte[] text = "secret payload of tcp".getBytes(StandardCharsets.UTF_8);
    List<byte[]> packets = new ArrayList<>();
    packets.add(link(type, ip(CLIENT, Contexts.POD_IP, 17, udp(40_000, DNS, query(1)))));
    packets.add(link(type, ip(Contexts.POD_IP, CLIENT, 17, udp(DNS, 40_000, answer(1)))));
    packets.add(link(type, ip(CLIENT_SIX, POD_SIX, 17, udp(40_001, DNS, query(2)))));
    packets.add(link(type, ip(CLIENT, Contexts.POD_IP, 6, tcp(40_002, 80, 0x18, 1, 512, text))));
    return packets;
  }

  static byte[] link(LinkType type, byte[] packet) {
    int etherType = packet[0] >> 4 == 4 ? IPV4 : IPV6;
    return switch (type) {
      case EN10MB -> ethernet(etherType, packet);
      case LINUX_SLL -> cooked(ARPHRD_ETHER, 0, etherType, packet);
      case LINUX_SLL2 -> cooked2(2, ARPHRD_ETHER, 0, etherType, packet);
      case RAW, IPV4, IPV6 -> packet;
      case NULL, LOOP -> throw new IllegalArgumentException("not captured on Linux");
    };
  }

  private static byte[] query(int id) {
    return header(id, 0x0100, 0).array();
  }

  /** {@code example.test A 192.0.2.7}. */
  private static byte[] answer(int id) {
    return header(id, 0x8180, 16)
        .putShort((short) 0xc00c)
        .putShort((short) 1)
        .putShort((short) 1)
        .putInt(60)
        .putShort((short) 4)
        .put(new byte[] {(byte) 192, 0, 2, 7})
        .array();
  }

  private static ByteBuffer header(int id, int flags, int more) {
    byte[] name = "\7example\4test\0".getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(12 + name.length + 4 + more)
        .putShort((short) id)
        .putShort((short) flags)
        .putShort((short) 1)
        .putShort((short) (more == 0 ? 0 : 1))
        .putInt(0)
        .put(name)
        .putShort((short) 1)
        .putShort((short) 1);
  }
}
