package io.alertcap.capturer.enrich.file;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Pcap files, written the way pcap-savefile(5) says. */
public final class PcapBytes {

  public static final int MICROS = 0xa1b2c3d4;
  public static final int NANOS = 0xa1b23c4d;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteOrder order;

  public PcapBytes(int magic, ByteOrder order, int snaplen, int linkType) {
    this.order = order;
    out.writeBytes(
        buffer(24)
            .putInt(magic)
            .putShort((short) 2)
            .putShort((short) 4)
            .putLong(0)
            .putInt(snaplen)
            .putInt(linkType)
            .array());
  }

  /** Nanoseconds, little-endian, with libpcap's largest snaplen. */
  public static PcapBytes of(int linkType) {
    return new PcapBytes(NANOS, ByteOrder.LITTLE_ENDIAN, 262_144, linkType);
  }

  public PcapBytes packet(long seconds, int fraction, long original, byte... data) {
    return header(seconds, fraction, data.length, original).raw(data);
  }

  /** Whole on the wire. */
  public PcapBytes packet(long seconds, int fraction, byte[] data) {
    return packet(seconds, fraction, data.length, data);
  }

  PcapBytes header(long seconds, int fraction, int captured, long original) {
    return raw(
        buffer(16)
            .putInt((int) seconds)
            .putInt(fraction)
            .putInt(captured)
            .putInt((int) original)
            .array());
  }

  public PcapBytes raw(byte... more) {
    out.writeBytes(more);
    return this;
  }

  public byte[] toArray() {
    return out.toByteArray();
  }

  private ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(order);
  }
}
