package io.alertcap.capturer.enrich.file;

import io.alertcap.capturer.dissect.IpAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/** Writes pcap-savefile(5): little-endian, nanoseconds. */
final class PcapWriter implements CaptureFileWriter {

  private static final long NANOS = 1_000_000_000;
  private static final int BUFFER_BYTES =
      PcapReader.PACKET_HEADER_BYTES + CaptureFileReader.LARGEST_PACKET;

  private final OutputStream out;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);

  PcapWriter(OutputStream out, FileDescription description) {
    this.out = out;
    buffer.putInt(PcapReader.MAGIC_NANOS).putShort((short) 2).putShort((short) 4);
    buffer.putInt(0).putInt(0).putInt(description.snaplen()).putInt(description.linkTypeNumber());
  }

  /** Nothing: there is no place for them. */
  @Override
  public void names(Map<IpAddress, List<String>> names) {}

  @Override
  public void packet(Packet packet, int captured) throws IOException {
    if (buffer.remaining() < PcapReader.PACKET_HEADER_BYTES + captured) {
      flush();
    }
    buffer
        .putInt((int) Math.floorDiv(packet.epochNanos(), NANOS))
        .putInt((int) Math.floorMod(packet.epochNanos(), NANOS))
        .putInt(captured)
        .putInt((int) packet.originalLength())
        .put(packet.data(), packet.offset(), captured);
  }

  @Override
  public void end(InterfaceStatistics statistics) throws IOException {
    flush();
    out.flush();
  }

  private void flush() throws IOException {
    out.write(buffer.array(), 0, buffer.position());
    buffer.clear();
  }
}
