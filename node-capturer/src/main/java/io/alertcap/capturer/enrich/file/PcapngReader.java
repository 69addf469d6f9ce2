package io.alertcap.capturer.enrich.file;

import static io.alertcap.capturer.enrich.file.FileEnding.Kind.CUT;
import static io.alertcap.capturer.enrich.file.FileEnding.Kind.DAMAGED;
import static io.alertcap.capturer.enrich.file.FileEnding.Kind.WHOLE;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads pcapng (draft-ietf-opsawg-pcapng): any number of sections, each of its own byte order and
 * with interfaces of its own; packets in Enhanced, Simple and (obsolete) Packet Blocks. Every other
 * block is passed over. A Simple Packet Block has no time: its packet gets that of the one before.
 */
final class PcapngReader extends CaptureFileReader {

  static final int SECTION_HEADER = 0x0a0d0d0a;
  static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
  static final int INTERFACE_DESCRIPTION = 1;
  static final int PACKET = 2;
  static final int SIMPLE_PACKET = 3;
  static final int NAME_RESOLUTION = 4;
  static final int INTERFACE_STATISTICS = 5;
  static final int ENHANCED_PACKET = 6;
  static final int OPTION_TIME_RESOLUTION = 9;
  static final int OPTION_TIME_OFFSET = 14;

  /** Type and length before a block's body, and the length again after it. */
  static final int BLOCK_HEADER_BYTES = 8;

  static final int BLOCK_TRAILER_BYTES = 4;

  private static final int LEAST_BLOCK = BLOCK_HEADER_BYTES + BLOCK_TRAILER_BYTES;
  private static final int LEAST_SECTION_HEADER = 28;
  private static final int LEAST_INTERFACE_DESCRIPTION = 20;
  private static final int PACKET_BODY = 28;
  private static final int SIMPLE_PACKET_BODY = 12;

  /** A file with more is not one that anybody captured. */
  private static final int MOST_INTERFACES = 4096;

  private final List<CaptureInterface> interfaces = new ArrayList<>();
  private boolean inSection;

  PcapngReader(ByteWindow window) throws IOException {
    super(window);
    if (!window.holds(LEAST_SECTION_HEADER) || !beginsSection()) {
      throw new NotACaptureFile("The file begins like pcapng, but its section header is damaged.");
    }
  }

  @Override
  public Optional<CaptureInterface> networkInterface() {
    return Optional.empty();
  }

  @Override
  boolean advance() throws IOException {
    while (true) {
      long start = window.position();
      if (!window.holds(LEAST_BLOCK)) {
        return end(window.isAtEnd() ? WHOLE : CUT, start);
      }
      if (isSectionHeader() && !(window.holds(LEAST_SECTION_HEADER) && beginsSection())) {
        return end(window.holds(LEAST_SECTION_HEADER) ? DAMAGED : CUT, start);
      }
      int type = window.rawInt(0);
      long length = window.unsignedInt(4);
      if (length < LEAST_BLOCK || length % Integer.BYTES != 0 || !inSection) {
        return end(DAMAGED, start);
      }
      if (!isRead(type)) {
        if (!window.skip(length)) {
          return end(CUT, start);
        }
        continue;
      }
      if (length > ByteWindow.BYTES) {
        return end(DAMAGED, start);
      }
      int bytes = (int) length;
      if (!window.holds(bytes)) {
        return end(CUT, start);
      }
      if (window.unsignedInt(bytes - BLOCK_TRAILER_BYTES) != length || !understood(type, bytes)) {
        return end(DAMAGED, start);
      }
      window.advance(bytes);
      if (isPacket(type)) {
        return true;
      }
    }
  }

  private boolean isSectionHeader() {
    return window.rawInt(0) == SECTION_HEADER; // reads the same in either byte order
  }

  /** Takes over a section's byte order, and forgets the interfaces of the section before. */
  private boolean beginsSection() {
    window.order(ByteOrder.LITTLE_ENDIAN);
    if (window.rawInt(8) != BYTE_ORDER_MAGIC) {
      window.order(ByteOrder.BIG_ENDIAN);
      if (window.rawInt(8) != BYTE_ORDER_MAGIC) {
        return false;
      }
    }
    interfaces.clear();
    inSection = window.unsignedShort(12) == 1 && window.unsignedInt(4) >= LEAST_SECTION_HEADER;
    return inSection;
  }

  private static boolean isRead(int type) {
    return type == INTERFACE_DESCRIPTION || isPacket(type);
  }

  private static boolean isPacket(int type) {
    return type == ENHANCED_PACKET || type == SIMPLE_PACKET || type == PACKET;
  }

  private boolean understood(int type, int length) {
    return switch (type) {
      case INTERFACE_DESCRIPTION -> describesInterface(length);
      case ENHANCED_PACKET -> isPacket(length, window.unsignedInt(8));
      case PACKET -> isPacket(length, window.unsignedShort(8));
      default -> isSimplePacket(length);
    };
  }

  private boolean isPacket(int length, long interfaceNumber) {
    if (length < PACKET_BODY + BLOCK_TRAILER_BYTES || interfaceNumber >= interfaces.size()) {
      return false;
    }
    CaptureInterface from = interfaces.get((int) interfaceNumber);
    long time = from.units().epochNanos((window.unsignedInt(12) << 32) | window.unsignedInt(16));
    return isPacket(length, PACKET_BODY, from, time, window.unsignedInt(20), 24);
  }

  private boolean isSimplePacket(int length) {
    if (length < SIMPLE_PACKET_BODY + BLOCK_TRAILER_BYTES || interfaces.isEmpty()) {
      return false;
    }
    CaptureInterface from = interfaces.getFirst();
    long room = (long) length - SIMPLE_PACKET_BODY - BLOCK_TRAILER_BYTES;
    long snaplen = from.snaplen() == 0 ? room : Math.min(room, from.snaplen());
    long captured = Math.min(window.unsignedInt(8), snaplen);
    return isPacket(length, SIMPLE_PACKET_BODY, from, packet.epochNanos(), captured, 8);
  }

  private boolean isPacket(
      int length, int body, CaptureInterface from, long time, long captured, int originalAt) {
    if (captured > LARGEST_PACKET || captured > length - body - BLOCK_TRAILER_BYTES) {
      return false;
    }
    packet.set(
        from,
        time,
        window.data(),
        window.index(body),
        (int) captured,
        window.unsignedInt(originalAt));
    return true;
  }

  private boolean describesInterface(int length) {
    if (length < LEAST_INTERFACE_DESCRIPTION || interfaces.size() == MOST_INTERFACES) {
      return false;
    }
    interfaces.add(
        CaptureInterface.of(window.unsignedShort(8), window.unsignedInt(12), timeUnits(length)));
    return true;
  }

  private TimeUnits timeUnits(int length) {
    TimeUnits units = TimeUnits.MICROSECONDS;
    int end = length - BLOCK_TRAILER_BYTES;
    int at = 16;
    while (at + 4 <= end) {
      int code = window.unsignedShort(at);
      int size = window.unsignedShort(at + 2);
      int value = at + 4;
      if (code == 0 || value + size > end) {
        break;
      }
      if (code == OPTION_TIME_RESOLUTION && size == 1) {
        units = TimeUnits.ofOption(window.unsignedByte(value), units.offsetSeconds());
      } else if (code == OPTION_TIME_OFFSET && size == Long.BYTES) {
        units = new TimeUnits(units.exponent(), units.binary(), window.signedLong(value));
      }
      at = value + padded(size);
    }
    return units;
  }

  /** The next multiple of 4: every part of a block is padded to it. */
  static int padded(int length) {
    return (length + 3) & ~3;
  }
}
