package io.alertcap.capturer.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads the skeleton of a pcap file (pcap-savefile(5)), of either byte order and either resolution
 * of time: packet headers only, in bounded memory, never the packets.
 */
public final class PcapFile {

  private static final int FILE_HEADER_BYTES = 24;
  private static final int MAGIC_MICROS = 0xa1b2c3d4;
  private static final int MAGIC_NANOS = 0xa1b23c4d;
  private static final int SNAPLEN_OFFSET = 16;
  private static final int FRACTION_OFFSET = 4;
  private static final int BUFFER_BYTES = 128 * 1024;

  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private long bufferStart;

  private PcapFile(FileChannel channel) {
    this.channel = channel;
    buffer.limit(0);
  }

  /**
   * Counts the packets, up to the first that is incomplete or cannot be one. Blocks for as long as
   * reading the file's pages takes.
   *
   * @throws IOException if the file cannot be read
   */
  public static PcapScan scan(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new PcapFile(channel).scan();
    }
  }

  /**
   * Cuts off what a killed writer left half-written. A file without a whole header becomes empty.
   *
   * @return the file as it is now
   */
  public static PcapScan repair(Path file) throws IOException {
    PcapScan scan = scan(file);
    if (scan.validBytes() == scan.fileBytes()) {
      return scan;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(scan.validBytes());
      channel.force(true);
    }
    return new PcapScan(
        scan.validBytes(),
        scan.validBytes(),
        scan.packets(),
        scan.firstPacketAt(),
        scan.lastPacketAt());
  }

  /**
   * How many packets at the beginning of a file are of before a point in time.
   *
   * @throws IOException if the file cannot be read
   */
  static long packetsBefore(Path file, Instant time) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new PcapFile(channel).packetsBefore(time);
    }
  }

  private long packetsBefore(Instant time) throws IOException {
    long size = channel.size();
    Optional<TimeUnits> units = load(0, FILE_HEADER_BYTES, size) ? readMagic() : Optional.empty();
    long packets = 0;
    long position = FILE_HEADER_BYTES;
    while (units.isPresent()
        && load(position, Slices.RECORD_HEADER_BYTES, size)
        && time(position, size, units.get()).isBefore(time)) {
      packets++;
      position += Slices.RECORD_HEADER_BYTES + unsigned(at(position + 8));
    }
    return packets;
  }

  private PcapScan scan() throws IOException {
    long size = channel.size();
    if (!load(0, FILE_HEADER_BYTES, size)) {
      return nothing(size);
    }
    Optional<TimeUnits> units = readMagic();
    if (units.isEmpty()) {
      return nothing(size);
    }
    long largest = Math.max(CapturePlan.LARGEST_SNAPLEN, unsigned(at(SNAPLEN_OFFSET)));
    long perSecond = units.get().perSecond();
    long position = FILE_HEADER_BYTES;
    long packets = 0;
    long last = position;
    while (load(position, Slices.RECORD_HEADER_BYTES, size)) {
      long fraction = unsigned(at(position + FRACTION_OFFSET));
      long captured = unsigned(at(position + 8));
      long original = unsigned(at(position + 12));
      long end = position + Slices.RECORD_HEADER_BYTES + captured;
      boolean isPacket =
          fraction < perSecond
              && captured <= largest
              && original > 0 // a block that was allocated and never written reads as zeros
              && end <= size;
      if (!isPacket) {
        break;
      }
      packets++;
      last = position;
      position = end;
    }
    if (packets == 0) {
      return new PcapScan(size, position, 0, Optional.empty(), Optional.empty());
    }
    Instant lastAt = time(last, size, units.get());
    Instant firstAt = time(FILE_HEADER_BYTES, size, units.get());
    return new PcapScan(size, position, packets, Optional.of(firstAt), Optional.of(lastAt));
  }

  private Instant time(long position, long size, TimeUnits units) throws IOException {
    if (!load(position, Slices.RECORD_HEADER_BYTES, size)) {
      throw new IOException("The file became shorter while it was read.");
    }
    long fraction = unsigned(at(position + FRACTION_OFFSET)) * units.nanos();
    return Instant.ofEpochSecond(unsigned(at(position)), fraction);
  }

  private Optional<TimeUnits> readMagic() {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      buffer.order(order);
      if (at(0) == MAGIC_NANOS) {
        return Optional.of(new TimeUnits(1_000_000_000, 1));
      }
      if (at(0) == MAGIC_MICROS) {
        return Optional.of(new TimeUnits(1_000_000, 1_000));
      }
    }
    return Optional.empty();
  }

  /** Has the buffer hold {@code length} bytes from {@code position} on, unless the file ends. */
  private boolean load(long position, int length, long size) throws IOException {
    if (position + length > size) {
      return false;
    }
    if (position >= bufferStart && position + length <= bufferStart + buffer.limit()) {
      return true;
    }
    buffer.clear();
    bufferStart = position;
    while (buffer.position() < length) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        buffer.flip();
        return false;
      }
    }
    buffer.flip();
    return true;
  }

  private int at(long position) {
    return buffer.getInt(Math.toIntExact(position - bufferStart));
  }

  private static long unsigned(int value) {
    return Integer.toUnsignedLong(value);
  }

  private static PcapScan nothing(long size) {
    return new PcapScan(size, 0, 0, Optional.empty(), Optional.empty());
  }

  private record TimeUnits(long perSecond, int nanos) {}
}
