package io.alertcap.capturer.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * One capture: lets a tap's packets into one file until a limit is reached or somebody says stop.
 * To be run once. Does not close the tap.
 */
public final class Capture {

  private final PacketTap tap;
  private final Clock clock;
  private final CaptureWatch watch;

  public Capture(PacketTap tap, Clock clock) {
    this(tap, clock, System::nanoTime);
  }

  /**
   * @param clock tells when the file was complete
   * @param nanoTime monotonic, for the duration
   */
  Capture(PacketTap tap, Clock clock, LongSupplier nanoTime) {
    this.tap = tap;
    this.clock = clock;
    this.watch = new CaptureWatch(tap, nanoTime);
  }

  /**
   * Captures into {@code file}, and blocks until the capture has ended. Waiting inside libpcap, it
   * cannot be interrupted: use {@link #stop}. The calling thread's name is given to the helper
   * thread as well.
   */
  public CaptureOutcome run(Path file, CaptureLimits limits) {
    try {
      write(file, limits);
      PacketCounters counters = tap.counters();
      PcapScan written = PcapFile.scan(file);
      PcapScan kept = written.isWhole() ? written : PcapFile.repair(file);
      return new CaptureOutcome.Finished(
          new CaptureResult(
              written.isWhole() ? watch.end() : CaptureEnd.DISK,
              kept.fileBytes(),
              kept.packets(),
              kept.firstPacketAt(),
              kept.lastPacketAt(),
              counters,
              tap.linkType(),
              tap.filterActiveAt(),
              clock.instant()));
    } catch (IOException e) {
      return new CaptureOutcome.Failed("Capturing into " + file + " failed: " + e.getMessage());
    }
  }

  /**
   * Ends the capture; what was captured so far is kept. From any thread, before or during {@link
   * #run}; only the first reason counts. Returns at once.
   */
  public void stop(CaptureEnd reason) {
    watch.stop(reason);
  }

  private void write(Path file, CaptureLimits limits) throws IOException {
    try (PacketWriter out = tap.begin(file)) {
      out.flush(); // the header: from now on a kill leaves a file that can be read
      Thread watching = watch.start(out, limits.duration());
      try {
        fill(out, limits);
      } finally {
        watch.written(watching);
      }
      flushLast(out);
    }
  }

  private void fill(PacketWriter out, CaptureLimits limits) throws IOException {
    Slices slices = new Slices(limits, tap.snaplen());
    long packets = 0;
    long position = out.position();
    while (true) {
      if (slices.packetsAreReached(packets)) {
        watch.stop(CaptureEnd.PACKETS);
        return;
      }
      if (slices.bytesAreReached(position)) {
        watch.stop(CaptureEnd.BYTES);
        return;
      }
      int slice = slices.next(position, packets);
      switch (out.take(slice)) {
        case COMPLETE -> packets += slice;
        case WOKEN -> {
          return;
        }
        case INTERFACE_GONE -> {
          watch.stop(CaptureEnd.TARGET_GONE);
          return;
        }
      }
      long before = position;
      position = out.position();
      if (position - before < (long) slice * Slices.RECORD_HEADER_BYTES) {
        // libpcap says nothing of a failed write, and writes nothing more after one
        watch.stop(CaptureEnd.DISK);
        return;
      }
    }
  }

  private void flushLast(PacketWriter out) {
    try {
      out.flush();
    } catch (IOException diskFullOrBroken) {
      watch.stop(CaptureEnd.DISK);
    }
  }
}
