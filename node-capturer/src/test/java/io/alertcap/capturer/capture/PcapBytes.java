package io.alertcap.capturer.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Pcap files, written the way pcap-savefile(5) says. */
final class PcapBytes {

  private final ByteBuffer bytes = ByteBuffer.allocate(1 << 20);

  PcapBytes(int magic, ByteOrder order) {
    bytes.order(order).putInt(magic).putShort((short) 2).putShort((short) 4);
    bytes.putInt(0).putInt(0).putInt(262_144).putInt(1);
  }

  static PcapBytes nanos() {
    return new PcapBytes(0xa1b23c4d, ByteOrder.LITTLE_ENDIAN);
  }

  PcapBytes packet(long seconds, int fraction, int captured, int original) {
    bytes.putInt((int) seconds).putInt(fraction).putInt(captured).putInt(original);
    byte[] data = new byte[captured];
    Arrays.fill(data, (byte) 0x5a);
    bytes.put(data);
    return this;
  }

  PcapBytes raw(byte... more) {
    bytes.put(more);
    return this;
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes.array(), bytes.position());
  }
}
