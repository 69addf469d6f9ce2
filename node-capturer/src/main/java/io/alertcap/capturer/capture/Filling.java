package io.alertcap.capturer.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Lets packets into one file, no more than its limits allow. For one thread. */
final class Filling {

  private final PacketWriter out;
  private final Path file;
  private final Slices slices;
  private long packets;
  private long position;
  private boolean packetsAreKnown = true;

  Filling(PacketWriter out, Path file, Slices slices) throws IOException {
    this.out = out;
    this.file = file;
    this.slices = slices;
    this.position = out.position();
  }

  /** Blocks until there is a reason to end here, or somebody wakes the tap. */
  Optional<CaptureEnd> untilWoken() throws IOException {
    while (true) {
      Optional<CaptureEnd> limit = limit();
      if (limit.isPresent()) {
        return limit;
      }
      int slice = slices.next(position, packets);
      switch (out.take(slice)) {
        case COMPLETE -> packets += slice;
        case WOKEN -> {
          packetsAreKnown = false;
          return Optional.empty();
        }
        case INTERFACE_GONE -> {
          packetsAreKnown = false;
          return Optional.of(CaptureEnd.TARGET_GONE);
        }
      }
      if (!hasGrown(slice)) {
        return Optional.of(CaptureEnd.DISK);
      }
    }
  }

  /**
   * Writes what the kernel still holds; returns at once when there is no more.
   *
   * @return why not all of it was written, if so
   */
  Optional<CaptureEnd> rest() throws IOException {
    countPackets();
    position = out.position();
    while (true) {
      Optional<CaptureEnd> limit = limit();
      if (limit.isPresent()) {
        return limit;
      }
      int taken = out.takeHeld(slices.next(position, packets));
      if (taken == 0) {
        return Optional.empty();
      }
      packets += taken;
      if (!hasGrown(taken)) {
        return Optional.of(CaptureEnd.DISK);
      }
    }
  }

  private Optional<CaptureEnd> limit() {
    if (slices.packetsAreReached(packets)) {
      return Optional.of(CaptureEnd.PACKETS);
    }
    return slices.bytesAreReached(position) ? Optional.of(CaptureEnd.BYTES) : Optional.empty();
  }

  /** libpcap says nothing of a failed write, and writes nothing more after one. */
  private boolean hasGrown(int byPackets) throws IOException {
    long before = position;
    position = out.position();
    return position - before >= (long) byPackets * Slices.RECORD_HEADER_BYTES;
  }

  /** A slice that was broken off does not say how many packets it wrote; the file does. */
  private void countPackets() throws IOException {
    if (!packetsAreKnown && slices.limitPackets()) {
      out.flush();
      packets = PcapFile.scan(file).packets();
      packetsAreKnown = true;
    }
  }
}
