package io.alertcap.capturer.capture;

/**
 * How many packets to let into the file before looking at it again. libpcap counts packets, not
 * bytes, so a limit in bytes is kept by never letting in more packets than would fit if each were
 * as long as the snaplen allows.
 */
final class Slices {

  /** By how many bytes a file may exceed its limit. */
  static final long LARGEST_OVERSHOOT = 1 << 20;

  /** {@code struct pcap_sf_pkthdr}, see pcap-savefile(5). */
  static final int RECORD_HEADER_BYTES = 16;

  /** A failed write shows at the end of a slice, so that none may be too long. */
  static final int LONGEST = 8192;

  private final CaptureLimits limits;
  private final long largestRecord;

  Slices(CaptureLimits limits, int snaplen) {
    this.limits = limits;
    this.largestRecord = (long) snaplen + RECORD_HEADER_BYTES;
  }

  /** Whether the number of packets matters. */
  boolean limitPackets() {
    return limits.maxPackets() != 0;
  }

  boolean bytesAreReached(long position) {
    return limits.maxBytes() != 0 && position >= limits.maxBytes();
  }

  boolean packetsAreReached(long packets) {
    return limits.maxPackets() != 0 && packets >= limits.maxPackets();
  }

  /** At least 1, if neither limit is reached. */
  int next(long position, long packets) {
    long slice = LONGEST;
    if (limits.maxBytes() != 0) {
      long withinLimit = (limits.maxBytes() - position) / largestRecord;
      long withinOvershoot = Math.max(1, LARGEST_OVERSHOOT / largestRecord);
      slice = Math.min(slice, Math.max(withinLimit, withinOvershoot));
    }
    if (limits.maxPackets() != 0) {
      slice = Math.min(slice, limits.maxPackets() - packets);
    }
    return Math.toIntExact(slice);
  }
}
