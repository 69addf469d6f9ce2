package io.alertcap.capturer.enrich.file;

import io.alertcap.capturer.dissect.IpAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * A capture file that is being written. What a format has no place for is left out. The stream is
 * flushed at the end, and never closed.
 */
public sealed interface CaptureFileWriter permits PcapngWriter, PcapWriter {

  /** Begins a file: the first bytes are written, or wait to be. */
  static CaptureFileWriter begin(FileFormat format, OutputStream out, FileDescription description)
      throws IOException {
    return switch (format) {
      case PCAPNG -> new PcapngWriter(out, description);
      case PCAP -> new PcapWriter(out, description);
    };
  }

  /**
   * Adds names of addresses: whoever reads the file knows them from here on.
   *
   * @param names the best first
   */
  void names(Map<IpAddress, List<String>> names) throws IOException;

  /**
   * Adds a packet.
   *
   * @param captured how many of the packet's captured bytes are written, from the first on; its
   *     original length stays
   */
  void packet(Packet packet, int captured) throws IOException;

  /** Ends the file, and says what was counted while it was captured. */
  void end(InterfaceStatistics statistics) throws IOException;
}
