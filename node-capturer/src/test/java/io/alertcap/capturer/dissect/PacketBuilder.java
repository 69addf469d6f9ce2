package io.alertcap.capturer.dissect;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Packets made from the outside in, with lengths that are true unless a test makes them lie. */
public final class PacketBuilder {

  public static final int TCP = 6;
  public static final int UDP = 17;

  private PacketBuilder() {}

  public static byte[] ethernet(int etherType, byte[] payload) {
    return ByteBuffer.allocate(14 + payload.length)
        .put(new byte[] {2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2})
        .putShort((short) etherType)
        .put(payload)
        .array();
  }

  public static byte[] vlan(int tag, int etherType, byte[] payload) {
    return ByteBuffer.allocate(4 + payload.length)
        .putShort((short) tag)
        .putShort((short) etherType)
        .put(payload)
        .array();
  }

  public static byte[] cooked(int hardwareType, int packetType, int etherType, byte[] payload) {
    return ByteBuffer.allocate(16 + payload.length)
        .putShort((short) packetType)
        .putShort((short) hardwareType)
        .putShort((short) 6)
        .putLong(0)
        .putShort((short) etherType)
        .put(payload)
        .array();
  }

  public static byte[] cooked2(int ifIndex, int hardware, int type, int etherType, byte[] payload) {
    return ByteBuffer.allocate(20 + payload.length)
        .putShort((short) etherType)
        .putShort((short) 0)
        .putInt(ifIndex)
        .putShort((short) hardware)
        .put((byte) type)
        .put((byte) 6)
        .putLong(0)
        .put(payload)
        .array();
  }

  /** An IP packet of the family of its addresses, both literals. */
  public static byte[] ip(String from, String to, int protocol, byte[] payload) {
    byte[] source = IpAddress.parse(from).orElseThrow().bytes();
    byte[] destination = IpAddress.parse(to).orElseThrow().bytes();
    return source.length == 4
        ? ipv4(source, destination, protocol, 0, payload)
        : ipv6(source, destination, protocol, payload);
  }

  /** An IPv4 packet whose flags and fragment offset are given. */
  public static byte[] fragment(String from, String to, int protocol, int bits, byte[] payload) {
    return ipv4(
        IpAddress.parse(from).orElseThrow().bytes(),
        IpAddress.parse(to).orElseThrow().bytes(),
        protocol,
        bits,
        payload);
  }

  public static byte[] udp(int from, int to, byte[] payload) {
    return ByteBuffer.allocate(8 + payload.length)
        .putShort((short) from)
        .putShort((short) to)
        .putShort((short) (8 + payload.length))
        .putShort((short) 0)
        .put(payload)
        .array();
  }

  public static byte[] tcp(int from, int to, int flags, int sequence, int window, byte[] payload) {
    return ByteBuffer.allocate(20 + payload.length)
        .putShort((short) from)
        .putShort((short) to)
        .putInt(sequence)
        .putInt(7)
        .put((byte) 0x50)
        .put((byte) flags)
        .putShort((short) window)
        .putInt(0)
        .put(payload)
        .array();
  }

  public static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] ipv4(byte[] from, byte[] to, int protocol, int bits, byte[] payload) {
    return ByteBuffer.allocate(20 + payload.length)
        .putShort((short) 0x4500)
        .putShort((short) (20 + payload.length))
        .putShort((short) 0)
        .putShort((short) bits)
        .put((byte) 64)
        .put((byte) protocol)
        .putShort((short) 0)
        .put(from)
        .put(to)
        .put(payload)
        .array();
  }

  private static byte[] ipv6(byte[] from, byte[] to, int protocol, byte[] payload) {
    return ByteBuffer.allocate(40 + payload.length)
        .putInt(0x6000_0000)
        .putShort((short) payload.length)
        .put((byte) protocol)
        .put((byte) 64)
        .put(from)
        .put(to)
        .put(payload)
        .array();
  }
}
