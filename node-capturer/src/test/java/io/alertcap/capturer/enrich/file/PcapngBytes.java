package io.alertcap.capturer.enrich.file;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Pcapng files of any shape, block by block. */
final class PcapngBytes {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

  PcapngBytes section(ByteOrder newOrder) {
    order = newOrder;
    return block(
        0x0a0d0d0a,
        buffer(16).putInt(0x1a2b3c4d).putShort((short) 1).putShort((short) 0).putLong(-1));
  }

  PcapngBytes networkInterface(int linkType, int snaplen, byte... options) {
    return block(
        1,
        buffer(8 + options.length)
            .putShort((short) linkType)
            .putShort((short) 0)
            .putInt(snaplen)
            .put(options));
  }

  byte[] option(int code, byte... value) {
    return buffer(4 + PcapngReader.padded(value.length))
        .putShort((short) code)
        .putShort((short) value.length)
        .put(value)
        .array();
  }

  byte[] longOption(int code, long value) {
    return option(code, buffer(8).putLong(value).array());
  }

  PcapngBytes enhanced(int networkInterface, long stamp, int original, byte... data) {
    return block(
        6,
        buffer(20 + PcapngReader.padded(data.length))
            .putInt(networkInterface)
            .putInt((int) (stamp >>> 32))
            .putInt((int) stamp)
            .putInt(data.length)
            .putInt(original)
            .put(data));
  }

  PcapngBytes obsolete(int networkInterface, long stamp, int original, byte... data) {
    return block(
        2,
        buffer(20 + PcapngReader.padded(data.length))
            .putShort((short) networkInterface)
            .putShort((short) 7)
            .putInt((int) (stamp >>> 32))
            .putInt((int) stamp)
            .putInt(data.length)
            .putInt(original)
            .put(data));
  }

  PcapngBytes simple(int original, byte... data) {
    return block(3, buffer(4 + PcapngReader.padded(data.length)).putInt(original).put(data));
  }

  PcapngBytes block(int type, ByteBuffer body) {
    int length = 12 + body.capacity();
    return raw(
        buffer(length)
            .putInt(type)
            .putInt(length)
            .put(body.rewind())
            .putInt(length - 4, length)
            .array());
  }

  PcapngBytes raw(byte... more) {
    out.writeBytes(more);
    return this;
  }

  ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(order);
  }

  byte[] toArray() {
    return out.toByteArray();
  }
}
