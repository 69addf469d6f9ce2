package io.alertcap.capturer.run;

import io.alertcap.capturer.meter.LogContext;
import io.alertcap.capturer.spool.SpooledCapture;
import io.alertcap.foundation.health.RecurringTasks;
import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The captures that are running, each on a platform thread named after it; how many, its {@link
 * io.alertcap.capturer.policy.Budgets} say. Stops them where they are told to, and all of them
 * where the disk fills up. Thread-safe.
 */
public final class CaptureRuns implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(CaptureRuns.class);

  /** For so long at most the spool grows beyond its limit. */
  private static final Duration DISK_PERIOD = Duration.ofMillis(500);

  private final CaptureTools tools;
  private final Map<CaptureId, CaptureRun> running = new ConcurrentHashMap<>();
  private volatile boolean closing;

  public CaptureRuns(CaptureTools tools) {
    this.tools = tools;
  }

  /**
   * Begins to watch the disk.
   *
   * @param watch stays the caller's
   */
  public void watchDisk(RecurringTasks watch) {
    watch.every(DISK_PERIOD, DISK_PERIOD, this::endWhereDiskIsFull);
  }

  /**
   * Runs a capture that has entered the budgets, which it leaves at its end. Its command is about
   * to be written to the journal: what comes of that, {@link Begun} has to be told. Returns at
   * once.
   *
   * @param takenAt when its command was taken, in {@link System#nanoTime()}
   */
  Begun begin(CaptureRequest request, long takenAt) {
    CaptureRun run = new CaptureRun(request, tools, takenAt);
    running.put(run.id(), run);
    if (closing) {
      run.stop(CaptureEnd.INTERRUPTED);
    }
    Thread thread =
        Thread.ofPlatform()
            .name("capture-" + run.id())
            .start(() -> LogContext.during(run.id(), () -> runToTheEnd(run)));
    return new Begun(run, thread);
  }

  /** A capture that begins while the journal is written. */
  record Begun(CaptureRun run, Thread thread) {

    /** The journal is on disk. */
    void accepted(SpooledCapture capture) {
      run.accepted(capture);
    }

    /** The journal could not be written. Blocks until all is as if the capture had never begun. */
    void abandon() {
      run.abandoned();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Stops a capture, if it is running. Returns at once. */
  void stop(CaptureId id, CaptureEnd end) {
    CaptureRun run = running.get(id);
    if (run != null) {
      run.stop(end);
    }
  }

  /** Ends every capture, and waits for their files to be closed. */
  public void close(Duration atMost) {
    closing = true;
    running.values().forEach(run -> run.stop(CaptureEnd.INTERRUPTED));
    long deadline = System.nanoTime() + atMost.toNanos();
    synchronized (running) {
      while (!running.isEmpty()) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          log.warn("{} captures did not end in time.", running.size());
          return;
        }
        try {
          running.wait(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  @Override
  public void close() {
    close(Duration.ZERO);
  }

  private void runToTheEnd(CaptureRun run) {
    try {
      run.run();
    } finally {
      CaptureId id = run.id();
      tools.budgets().leave(id);
      running.remove(id);
      synchronized (running) {
        running.notifyAll();
      }
    }
  }

  private void endWhereDiskIsFull() {
    if (running.isEmpty()) {
      return;
    }
    Optional<String> shortage = tools.spool().shortage();
    if (shortage.isPresent()) {
      log.warn("Captures end early: {}", shortage.get());
      running.values().forEach(run -> run.stop(CaptureEnd.DISK));
    }
  }
}
