package io.alertcap.trigger.web;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of the heap all requests together may take that are being read and decided. Each
 * body has its own limit, but many senders at once would still fill the heap. Thread-safe.
 */
final class BufferBudget {

  private final long size;
  private final AtomicLong free;

  BufferBudget(long bytes) {
    this.size = bytes;
    this.free = new AtomicLong(bytes);
  }

  long size() {
    return size;
  }

  /** Whether the bytes fit; those that do are to be {@linkplain #release released}. */
  boolean reserve(long bytes) {
    if (free.addAndGet(-bytes) >= 0) {
      return true;
    }
    release(bytes);
    return false;
  }

  void release(long bytes) {
    free.addAndGet(bytes);
  }
}
