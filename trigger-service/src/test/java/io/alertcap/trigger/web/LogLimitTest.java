package io.alertcap.trigger.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LogLimitTest {

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final List<Long> unwritten = new ArrayList<>();
  private final LogLimit limit = new LogLimit(now::get, unwritten::add);

  @Test
  void admitsTheSameLineOnceAMinute() {
    assertThat(limit.admits("a")).isTrue();
    assertThat(limit.admits("a")).isFalse();
    assertThat(limit.admits("b")).isTrue();
    later(Duration.ofSeconds(59));
    assertThat(limit.admits("a")).isFalse();
    assertThat(unwritten).isEmpty();

    later(Duration.ofSeconds(1));

    assertThat(limit.admits("a")).isTrue();
    assertThat(unwritten).containsExactly(2L);
  }

  /**
   * A million callers, say: neither the log nor the memory for what was written grows with them.
   */
  @Test
  void boundsTheLinesOfAFlood() {
    long admitted = 0;
    for (int caller = 0; caller < 100_000; caller++) {
      admitted += limit.admits(caller) ? 1 : 0;
    }
    assertThat(admitted).isEqualTo(50);

    later(Duration.ofMinutes(3));

    assertThat(limit.admits("a")).isTrue();
    assertThat(unwritten).containsExactly(99_950L);
  }

  private void later(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }
}
