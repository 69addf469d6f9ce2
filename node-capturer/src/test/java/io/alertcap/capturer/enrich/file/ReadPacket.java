package io.alertcap.capturer.enrich.file;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** What a reader said of one packet. */
public record ReadPacket(long epochNanos, int linkType, long original, String hex) {

  /** All that a reader finds. */
  public record Found(List<ReadPacket> packets, FileEnding ending) {}

  public static Found all(byte[] file) throws IOException {
    try (CaptureFileReader reader = CaptureFileReader.open(new ByteArrayInputStream(file))) {
      List<ReadPacket> packets = new ArrayList<>();
      while (reader.next()) {
        packets.add(of(reader.packet()));
      }
      return new Found(packets, reader.ending());
    }
  }

  static ReadPacket of(Packet packet) {
    int from = packet.offset();
    return new ReadPacket(
        packet.epochNanos(),
        packet.networkInterface().linkTypeNumber(),
        packet.originalLength(),
        HexFormat.of().formatHex(packet.data(), from, from + packet.capturedLength()));
  }
}
