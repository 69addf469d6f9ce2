package io.alertcap.capturer.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A tap whose packets the test hands out. Keeps the promises of the interfaces that it implements.
 */
final class FakeTap implements PacketTap {

  static final Instant FILTER_ACTIVE_AT = Instant.parse("2026-01-02T03:04:05Z");
  static final int PACKET_BYTES = 84;

  private final Semaphore available = new Semaphore(0);
  private final AtomicBoolean woken = new AtomicBoolean();
  private final AtomicBoolean present = new AtomicBoolean(true);
  private final AtomicBoolean isOpen = new AtomicBoolean(true);
  private final AtomicInteger held = new AtomicInteger();
  private final AtomicBoolean diskIsFull = new AtomicBoolean();
  private final AtomicInteger flushes = new AtomicInteger();
  private final AtomicInteger received = new AtomicInteger();

  FakeTap withPackets(int count) {
    available.release(count);
    return this;
  }

  /** Has the interface gone, with packets that it left in the kernel. */
  FakeTap leavingBehind(int packets) {
    held.set(packets);
    return this;
  }

  void removeInterface() {
    present.set(false);
  }

  void fillDisk() {
    diskIsFull.set(true);
  }

  int flushes() {
    return flushes.get();
  }

  @Override
  public String interfaceName() {
    return "eth0";
  }

  @Override
  public String linkType() {
    return "EN10MB";
  }

  @Override
  public int snaplen() {
    return 262_144;
  }

  @Override
  public Instant filterActiveAt() {
    return FILTER_ACTIVE_AT;
  }

  @Override
  public Instant countedFrom() {
    return Instant.EPOCH;
  }

  @Override
  public void shutOut() {
    isOpen.set(false);
  }

  @Override
  public Duration longestDelay() {
    return Duration.ofMillis(1);
  }

  @Override
  public void wake() {
    woken.set(true);
  }

  @Override
  public boolean isInterfacePresent() {
    return present.get();
  }

  @Override
  public PacketCounters counters() {
    return new PacketCounters(received.get() + held.get(), 0, 0);
  }

  @Override
  public void close() {}

  @Override
  public PacketWriter begin(Path file) throws IOException {
    Files.write(file, PcapBytes.nanos().toArray(), StandardOpenOption.CREATE_NEW);
    return new Writer(file);
  }

  private final class Writer implements PacketWriter {
    private final Path file;

    Writer(Path file) {
      this.file = file;
    }

    @Override
    public Delivery take(int packets) throws IOException {
      for (int taken = 0; taken < packets; taken++) {
        while (!tryAcquire()) {
          if (woken.getAndSet(false)) {
            return Delivery.WOKEN;
          }
        }
        received.incrementAndGet();
        write();
      }
      return Delivery.COMPLETE;
    }

    @Override
    public int takeHeld(int packets) throws IOException {
      if (isOpen.get()) {
        throw new IllegalStateException("More could follow, and be counted.");
      }
      int taken = Math.min(packets, held.get());
      for (int i = 0; i < taken; i++) {
        write();
      }
      held.addAndGet(-taken);
      received.addAndGet(taken);
      return taken;
    }

    private void write() throws IOException {
      if (!diskIsFull.get()) {
        byte[] record = PcapBytes.nanos().packet(1, 2, PACKET_BYTES - 16, 68).toArray();
        byte[] withoutHeader = java.util.Arrays.copyOfRange(record, 24, record.length);
        Files.write(file, withoutHeader, StandardOpenOption.APPEND);
      }
    }

    private boolean tryAcquire() {
      try {
        return available.tryAcquire(1, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    @Override
    public long position() throws IOException {
      return Files.size(file);
    }

    @Override
    public void flush() {
      flushes.incrementAndGet();
    }

    @Override
    public void close() {}
  }
}
