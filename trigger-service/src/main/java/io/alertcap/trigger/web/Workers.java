package io.alertcap.trigger.web;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A few named threads and a queue with an end: more work than that is refused, not hoarded. */
public final class Workers implements Executor, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Workers.class);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private final String name;
  private final ThreadPoolExecutor pool;

  /**
   * Starts no thread before there is work.
   *
   * @param name of the threads, and of the pool in metrics
   * @param queue how many tasks may wait
   */
  public Workers(String name, int threads, int queue, MeterRegistry meters) {
    this.name = name;
    this.pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queue),
            Thread.ofPlatform().name(name + "-", 1).daemon().factory());
    Gauge.builder("alertcap.workers.queued", pool, p -> p.getQueue().size())
        .description("Requests that wait for a thread")
        .tag("pool", name)
        .register(meters);
  }

  /**
   * Runs the task on one of the threads, in the order of calls.
   *
   * @throws RejectedExecutionException if too many tasks wait already
   */
  @Override
  public void execute(Runnable task) {
    pool.execute(task);
  }

  /** Lets what was accepted finish; blocks for some seconds at most. */
  @Override
  public void close() {
    pool.shutdown();
    try {
      if (!pool.awaitTermination(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("{} of the {} workers were still busy", pool.getActiveCount(), name);
        var unused = pool.shutdownNow();
      }
    } catch (InterruptedException e) {
      var unused = pool.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
