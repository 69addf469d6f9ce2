package io.alertcap.trigger.web;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of request bodies may lie in memory at a time. Each body has its own limit, but
 * many senders at once would still fill the heap. Thread-safe.
 */
final class BufferBudget {

  private final AtomicLong free;

  BufferBudget(long bytes) {
    this.free = new AtomicLong(bytes);
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
