package io.alertcap.capturer.dns;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** DNS messages, made byte by byte. */
public final class DnsBytes {

  public static final int A = 1;
  static final int AAAA = 28;
  static final int RESPONSE = 0x8180;
  static final int TRUNCATED = 0x0200;
  static final int SERVFAIL = 2;
  static final int NXDOMAIN = 3;

  /** A pointer to the question's name, where every answer's owner begins. */
  private static final byte[] QUESTION_NAME = {(byte) 0xc0, 12};

  private DnsBytes() {}

  public static byte[] query(int id, String name, int type) {
    return message(id, 0x0100, name, type, 0, 0);
  }

  static byte[] queryWithEdns(int id, String name, int type, int payloadBytes) {
    byte[] opt =
        ByteBuffer.allocate(11)
            .put((byte) 0)
            .putShort((short) 41)
            .putShort((short) payloadBytes)
            .array();
    return join(message(id, 0x0100, name, type, 0, 1), opt);
  }

  /** A response; {@code flags} are an rcode, and {@link #TRUNCATED}. */
  public static byte[] response(int id, String name, int type, int flags, byte[]... records) {
    return join(message(id, RESPONSE | flags, name, type, records.length, 0), join(records));
  }

  public static byte[] record(int type, int ttl, byte[] data) {
    return ByteBuffer.allocate(12 + data.length)
        .put(QUESTION_NAME)
        .putShort((short) type)
        .putShort((short) 1)
        .putInt(ttl)
        .putShort((short) data.length)
        .put(data)
        .array();
  }

  public static byte[] record(int type, int ttl, String hex) {
    return record(type, ttl, HexFormat.of().parseHex(hex));
  }

  static byte[] name(String dotted) {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    for (String label : dotted.split("\\.", -1)) {
      byte[] bytes = label.getBytes(StandardCharsets.ISO_8859_1);
      wire.write(bytes.length);
      wire.writeBytes(bytes);
    }
    wire.write(0);
    return wire.toByteArray();
  }

  static byte[] prefixed(byte[] message) {
    return join(new byte[] {(byte) (message.length >> 8), (byte) message.length}, message);
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] message(
      int id, int flags, String name, int type, int answers, int additional) {
    byte[] wire = name(name);
    return ByteBuffer.allocate(16 + wire.length)
        .putShort((short) id)
        .putShort((short) flags)
        .putShort((short) 1)
        .putShort((short) answers)
        .putShort((short) 0)
        .putShort((short) additional)
        .put(wire)
        .putShort((short) type)
        .putShort((short) 1)
        .array();
  }
}
