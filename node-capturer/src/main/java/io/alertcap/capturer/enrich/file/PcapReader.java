package io.alertcap.capturer.enrich.file;

import static io.alertcap.capturer.enrich.file.FileEnding.Kind.CUT;
import static io.alertcap.capturer.enrich.file.FileEnding.Kind.DAMAGED;
import static io.alertcap.capturer.enrich.file.FileEnding.Kind.WHOLE;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Optional;

/** Reads pcap-savefile(5), of either byte order and either resolution of time. */
final class PcapReader extends CaptureFileReader {

  static final int FILE_HEADER_BYTES = 24;
  static final int PACKET_HEADER_BYTES = 16;
  static final int MAGIC_MICROS = 0xa1b2c3d4;
  static final int MAGIC_NANOS = 0xa1b23c4d;

  /** Above it are the length of a frame check sequence and reserved bits. */
  private static final int LINK_TYPE_MASK = 0x03ff_ffff;

  private static final long NANOS = 1_000_000_000;

  private final CaptureInterface networkInterface;
  private final long unitsPerSecond;
  private final long nanosPerUnit;

  private PcapReader(ByteWindow window, boolean nanos) {
    super(window);
    unitsPerSecond = nanos ? NANOS : NANOS / 1_000;
    nanosPerUnit = NANOS / unitsPerSecond;
    networkInterface =
        CaptureInterface.of(
            window.rawInt(20) & LINK_TYPE_MASK,
            window.unsignedInt(16),
            nanos ? TimeUnits.NANOSECONDS : TimeUnits.MICROSECONDS);
    window.advance(FILE_HEADER_BYTES);
  }

  static PcapReader open(ByteWindow window) throws IOException {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      window.order(order);
      int magic = window.rawInt(0);
      if (magic == MAGIC_NANOS || magic == MAGIC_MICROS) {
        if (!window.holds(FILE_HEADER_BYTES)) {
          throw new NotACaptureFile("The file ends within its header.");
        }
        return new PcapReader(window, magic == MAGIC_NANOS);
      }
    }
    throw new NotACaptureFile("The file begins like neither pcap nor pcapng.");
  }

  @Override
  public Optional<CaptureInterface> networkInterface() {
    return Optional.of(networkInterface);
  }

  @Override
  boolean advance() throws IOException {
    long start = window.position();
    if (!window.holds(PACKET_HEADER_BYTES)) {
      return end(window.isAtEnd() ? WHOLE : CUT, start);
    }
    long seconds = window.unsignedInt(0);
    long fraction = window.unsignedInt(4);
    long captured = window.unsignedInt(8);
    long original = window.unsignedInt(12);
    // a block of a file that was allocated and never written reads as zeros
    if (fraction >= unitsPerSecond || captured > LARGEST_PACKET || original == 0) {
      return end(DAMAGED, start);
    }
    int length = (int) captured;
    if (!window.holds(PACKET_HEADER_BYTES + length)) {
      return end(CUT, start);
    }
    packet.set(
        networkInterface,
        seconds * NANOS + fraction * nanosPerUnit,
        window.data(),
        window.index(PACKET_HEADER_BYTES),
        length,
        original);
    window.advance(PACKET_HEADER_BYTES + length);
    return true;
  }
}
