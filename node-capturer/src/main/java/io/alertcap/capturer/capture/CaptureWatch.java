package io.alertcap.capturer.capture;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends a capture: notices that its time is up or its target gone, takes stop requests, has the
 * kernel let no more packets in, and wakes the writer once the kernel has handed over what it held.
 * Also flushes the file once a second, so that a kill costs the last second only.
 *
 * <p>A thread of its own does this, because the writer is inside libpcap for as long as no packet
 * comes. It flushes beside the writer, which is sound: both go through the same C stream, and the C
 * library locks a stream for each call. The flush may hit between a packet's header and its data;
 * after a kill, {@link PcapFile#repair} cuts such a packet off.
 */
final class CaptureWatch {

  private static final long FLUSH_NANOS = TimeUnit.SECONDS.toNanos(1);

  /**
   * A packet has its time stamp before it is filtered: those of before the end are let in for as
   * long as they may wait in the queue of a busy processor.
   */
  private static final Duration UNDER_WAY = Duration.ofMillis(10);

  private final PacketTap tap;
  private final Clock clock;
  private final BooleanSupplier isTargetPresent;
  private final LongSupplier nanoTime;
  private final AtomicReference<@Nullable Stop> stop = new AtomicReference<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicReference<@Nullable IOException> trouble = new AtomicReference<>();

  private record Stop(CaptureEnd reason, Instant at) {}

  CaptureWatch(PacketTap tap, Clock clock, BooleanSupplier isTargetPresent, LongSupplier nanoTime) {
    this.tap = tap;
    this.clock = clock;
    this.isTargetPresent = isTargetPresent;
    this.nanoTime = nanoTime;
  }

  /** Gives the reason to end; the first one counts. From any thread, before or during the watch. */
  void stop(CaptureEnd reason) {
    if (stop.compareAndSet(null, new Stop(reason, clock.instant()))) {
      stopped.countDown();
    }
  }

  /** The reason that counts. Only to be asked once there is one. */
  CaptureEnd end() {
    return given().reason();
  }

  /** When the first reason was given: packets that came before are let in. */
  Instant stoppedAt() {
    return given().at();
  }

  Thread start(PacketWriter file, Duration duration) {
    long deadline = nanoTime.getAsLong() + duration.toNanos();
    return Thread.ofPlatform()
        .name(Thread.currentThread().getName() + "-watch")
        .daemon()
        .start(() -> watch(file, deadline));
  }

  /**
   * Blocks until the watch is over, and the kernel has handed over what it holds. There must be a
   * reason to end.
   *
   * @throws IOException if new packets could not be kept out
   */
  void await(Thread watch) throws IOException {
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
    IOException failure = trouble.get();
    if (failure != null) {
      throw failure;
    }
  }

  private Stop given() {
    return Optional.ofNullable(stop.get())
        .orElseThrow(() -> new IllegalStateException("The capture has not ended."));
  }

  private void watch(PacketWriter file, long deadline) {
    try {
      while (!stopped.await(untilNextLook(deadline), TimeUnit.NANOSECONDS)) {
        look(file, deadline);
      }
      if (end().takesWhatTheKernelHolds()) {
        Thread.sleep(UNDER_WAY);
        tap.shutOut();
        Thread.sleep(tap.longestDelay());
      }
    } catch (InterruptedException nobodyElseHoldsThisThread) {
      stop(CaptureEnd.INTERRUPTED);
    } catch (IOException e) {
      trouble.set(e);
    } catch (RuntimeException | Error e) {
      trouble.set(new IOException("looking after it failed: " + e, e));
    } finally {
      tap.wake();
    }
  }

  private long untilNextLook(long deadline) {
    return Math.max(0, Math.min(FLUSH_NANOS, deadline - nanoTime.getAsLong()));
  }

  private void look(PacketWriter file, long deadline) {
    if (nanoTime.getAsLong() - deadline >= 0) {
      stop(CaptureEnd.DURATION);
    } else if (!tap.isInterfacePresent() || !isTargetPresent.getAsBoolean()) {
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
