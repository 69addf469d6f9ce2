package io.alertcap.foundation.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class RecurringTasksTest {

  private static final Duration OFTEN = Duration.ofMillis(5);

  private final AtomicLong now = new AtomicLong();
  private final Health health = new Health(now::get);
  private final RecurringTasks tasks = health.recurring("watch");

  @AfterEach
  void close() {
    tasks.close();
  }

  @Test
  void goOnWhateverTheyThrow() {
    AtomicInteger times = new AtomicInteger();
    AtomicInteger others = new AtomicInteger();
    tasks.every(
        OFTEN,
        () -> {
          if (times.incrementAndGet() % 2 == 1) {
            throw new IllegalStateException("nobody foresaw this");
          }
          throw new AssertionError("nor this");
        });
    tasks.every(OFTEN, OFTEN, others::incrementAndGet);

    await().until(() -> times.get() > 3 && others.get() > 3);
  }

  @Test
  void oneThatHangsShows() {
    CountDownLatch hanging = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    tasks.every(
        OFTEN,
        () -> {
          hanging.countDown();
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    await().until(() -> hanging.getCount() == 0);
    assertThat(health.alive().passing()).isTrue();

    now.set(RecurringTasks.LONGEST_SILENCE.plusSeconds(1).toNanos());

    assertThat(health.alive().passing()).isFalse();
    assertThat(health.alive().checks().get("watch")).contains("silent");
  }

  @Test
  void endWhenTheyAreClosed() {
    AtomicInteger times = new AtomicInteger();
    tasks.every(OFTEN, times::incrementAndGet);
    await().until(() -> times.get() > 0);

    tasks.close();

    assertThat(tasks.isClosed()).isTrue();
  }
}
