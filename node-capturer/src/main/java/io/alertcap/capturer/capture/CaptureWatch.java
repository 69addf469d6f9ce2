package io.alertcap.capturer.capture;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends a capture: notices that its time is up or its interface gone, takes stop requests, and wakes
 * the writer. Also flushes the file once a second, so that a kill costs the last second only.
 *
 * <p>A thread of its own does this, because the writer is inside libpcap for as long as no packet
 * comes. It flushes beside the writer, which is sound: both go through the same C stream, and the C
 * library locks a stream for each call. The flush may hit between a packet's header and its data;
 * after a kill, {@link PcapFile#repair} cuts such a packet off.
 */
final class CaptureWatch {

  private static final long FLUSH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final PacketTap tap;
  private final LongSupplier nanoTime;
  private final AtomicReference<@Nullable CaptureEnd> end = new AtomicReference<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CountDownLatch written = new CountDownLatch(1);

  CaptureWatch(PacketTap tap, LongSupplier nanoTime) {
    this.tap = tap;
    this.nanoTime = nanoTime;
  }

  /** Gives the reason to end; the first one counts. From any thread, before or during the watch. */
  void stop(CaptureEnd reason) {
    if (end.compareAndSet(null, reason)) {
      stopped.countDown();
    }
  }

  /** The reason that counts. Only to be asked once there is one. */
  CaptureEnd end() {
    CaptureEnd reason = end.get();
    if (reason == null) {
      throw new IllegalStateException("The capture has not ended.");
    }
    return reason;
  }

  Thread start(PacketWriter file, Duration duration) {
    long deadline = nanoTime.getAsLong() + duration.toNanos();
    return Thread.ofPlatform()
        .name(Thread.currentThread().getName() + "-watch")
        .daemon()
        .start(() -> watch(file, deadline));
  }

  /** The writer is done: ends the watch. */
  void written(Thread watch) {
    written.countDown();
    stopped.countDown();
    boolean interrupted = false;
    while (watch.isAlive()) {
      try {
        watch.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch(PacketWriter file, long deadline) {
    try {
      while (!stopped.await(untilNextLook(deadline), TimeUnit.NANOSECONDS)) {
        look(file, deadline);
      }
      boolean isWritten =
          end().awaitsPacketsUnderWay()
              && written.await(tap.longestDelay().toNanos(), TimeUnit.NANOSECONDS);
      if (!isWritten) {
        tap.wake();
      }
    } catch (InterruptedException nobodyElseHoldsThisThread) {
      stop(CaptureEnd.INTERRUPTED);
      tap.wake();
    }
  }

  private long untilNextLook(long deadline) {
    return Math.max(0, Math.min(FLUSH_NANOS, deadline - nanoTime.getAsLong()));
  }

  private void look(PacketWriter file, long deadline) {
    if (nanoTime.getAsLong() - deadline >= 0) {
      stop(CaptureEnd.DURATION);
    } else if (!tap.isInterfacePresent()) {
      stop(CaptureEnd.TARGET_GONE);
    } else {
      try {
        file.flush();
      } catch (IOException diskFullOrBroken) {
        stop(CaptureEnd.DISK);
      }
    }
  }
}
