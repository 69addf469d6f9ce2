package io.alertcap.capturer.event;

import io.alertcap.capturer.spool.SpooledCapture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Captures with something to tell, each once, in the order in which they came; as many at most as
 * there are captures in the spool, which bounds them. Thread-safe.
 */
final class Outbox {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<SpooledCapture> waiting = new LinkedHashSet<>();
  private boolean woken;

  void add(Collection<SpooledCapture> captures) {
    lock.lock();
    try {
      if (waiting.addAll(captures)) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes everything; waits until there is something, or the time is up. */
  List<SpooledCapture> take(Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      await(atMost);
      List<SpooledCapture> taken = new ArrayList<>(waiting);
      waiting.clear();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Lets nobody wait any longer. */
  void wake() {
    lock.lock();
    try {
      woken = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isEmpty() {
    lock.lock();
    try {
      return waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a new capture, or until the time is up: what failed is in no hurry. */
  void awaitNews(Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      await(atMost);
    } finally {
      lock.unlock();
    }
  }

  private void await(Duration atMost) throws InterruptedException {
    long left = atMost.toNanos();
    while (waiting.isEmpty() && !woken && left > 0) {
      left = changed.awaitNanos(left);
    }
  }
}
