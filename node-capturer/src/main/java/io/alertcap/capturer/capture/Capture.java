package io.alertcap.capturer.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * One capture: lets a tap's packets into one file until a limit is reached or somebody says stop.
 * To be run once. Does not close the tap.
 */
public final class Capture {

  private final PacketTap tap;
  private final CaptureWatch watch;

  /** Of a target that is there for as long as its interface is. */
  public Capture(PacketTap tap, Clock clock) {
    this(tap, clock, () -> true);
  }

  /**
   * @param isTargetPresent asked about once a second, by one thread; may block for some
   *     milliseconds
   */
  public Capture(PacketTap tap, Clock clock, BooleanSupplier isTargetPresent) {
    this(tap, clock, isTargetPresent, System::nanoTime);
  }

  /**
   * @param clock tells until when packets were let in
   * @param nanoTime monotonic, for the duration
   */
  Capture(PacketTap tap, Clock clock, BooleanSupplier isTargetPresent, LongSupplier nanoTime) {
    this.tap = tap;
    this.watch = new CaptureWatch(tap, clock, isTargetPresent, nanoTime);
  }

  /**
   * Captures into {@code file}, and blocks until the capture has ended and the kernel holds no
   * packet of it any more. Waiting inside libpcap, it cannot be interrupted: use {@link #stop}. The
   * calling thread's name is given to the helper thread as well.
   */
  public CaptureOutcome run(Path file, CaptureLimits limits) {
    try {
      Written written = write(file, limits);
      PcapScan found = PcapFile.scan(file);
      PcapScan kept = found.isWhole() ? found : PcapFile.repair(file);
      CaptureEnd end = found.isWhole() ? written.end() : CaptureEnd.DISK;
      long uncounted = PcapFile.packetsBefore(file, tap.countedFrom());
      return new CaptureOutcome.Finished(
          CaptureResult.of(
              end, kept, written.counters().including(uncounted), tap, watch.stoppedAt()));
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

  private record Written(CaptureEnd end, PacketCounters counters) {}

  private Written write(Path file, CaptureLimits limits) throws IOException {
    try (PacketWriter out = tap.begin(file)) {
      out.flush(); // the header: from now on a kill leaves a file that can be read
      Thread watching = watch.start(out, limits.duration());
      try {
        Written written = fill(new Filling(out, file, new Slices(limits, tap.snaplen())), watching);
        return isFlushed(out) ? written : new Written(CaptureEnd.DISK, written.counters());
      } finally {
        watch.stop(CaptureEnd.INTERRUPTED); // where filling failed, there is no reason yet
        watch.await(watching);
      }
    }
  }

  private Written fill(Filling filling, Thread watching) throws IOException {
    Optional<CaptureEnd> found = filling.untilWoken();
    if (found.filter(CaptureEnd::isLimitOfTheFile).isPresent()) {
      PacketCounters atTheLimit = tap.counters(); // before more packets follow
      watch.stop(found.get());
      return new Written(found.get(), atTheLimit);
    }
    found.ifPresent(watch::stop);
    watch.await(watching);
    Optional<CaptureEnd> cutShort =
        watch.end().takesWhatTheKernelHolds() ? filling.rest() : Optional.empty();
    return new Written(cutShort.orElse(watch.end()), tap.counters());
  }

  private static boolean isFlushed(PacketWriter out) {
    try {
      out.flush();
      return true;
    } catch (IOException diskFullOrBroken) {
      return false;
    }
  }
}
