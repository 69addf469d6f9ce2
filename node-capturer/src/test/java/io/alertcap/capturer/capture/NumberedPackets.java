package io.alertcap.capturer.capture;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Datagrams that carry a number each, sent at a steady rate until closed; bounded in number. */
final class NumberedPackets implements AutoCloseable {

  private static final int MOST = 200_000;

  private final Instant[] sentAt = new Instant[MOST];
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicBoolean stop = new AtomicBoolean();
  private final Thread thread;

  private NumberedPackets(DatagramChannel from, InetSocketAddress to, int perSecond) {
    thread = Thread.ofPlatform().name("numbered").daemon().start(() -> run(from, to, perSecond));
  }

  static NumberedPackets send(DatagramChannel from, String to, int port, int perSecond) {
    return new NumberedPackets(from, new InetSocketAddress(to, port), perSecond);
  }

  int count() {
    return count.get();
  }

  /** How many had passed the kernel by then: sending had returned. */
  int countBefore(Instant time) {
    return (int) IntStream.range(0, count.get()).takeWhile(i -> sentAt[i].isBefore(time)).count();
  }

  /** The payloads of the first ones. */
  List<String> first(int howMany) {
    return IntStream.range(0, howMany).mapToObj(i -> HexFormat.of().toHexDigits(i)).toList();
  }

  private void run(DatagramChannel from, InetSocketAddress to, int perSecond) {
    ByteBuffer payload = ByteBuffer.allocate(60);
    long start = System.nanoTime();
    try {
      for (int i = 0; i < MOST && !stop.get(); i++) {
        long due = start + i * 1_000_000_000L / perSecond;
        while (System.nanoTime() - due < 0) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        payload.putInt(0, i);
        from.send(payload.rewind(), to);
        sentAt[i] = Instant.now();
        count.set(i + 1);
      }
    } catch (IOException linkIsDown) {
      stop.set(true);
    }
  }

  @Override
  public void close() {
    stop.set(true);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
