package io.alertcap.capturer.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

  @Test
  void staysWithinALimitThatDoubles() {
    Random random = new Random(1);
    for (int failures = 1; failures <= 6; failures++) {
      Duration limit = Duration.ofMillis(100L << (failures - 1));
      for (int i = 0; i < 200; i++) {
        assertThat(backoff.delay(failures, random)).isPositive().isLessThanOrEqualTo(limit);
      }
    }
  }

  @Test
  void neverWaitsLongerThanAllowedHoweverOftenItFailed() {
    Random random = new Random(1);
    IntStream.of(8, 31, 32, 64, 1_000_000)
        .forEach(failures ->
            assertThat(backoff.delay(failures, random))
                .isLessThanOrEqualTo(Duration.ofSeconds(10)));
  }

  @Test
  void spreadsOverTheWholeRange() {
    Random random = new Random(1);
    assertThat(IntStream.range(0, 200).mapToObj(i -> backoff.delay(20, random)))
        .anyMatch(delay -> delay.compareTo(Duration.ofSeconds(2)) < 0)
        .anyMatch(delay -> delay.compareTo(Duration.ofSeconds(8)) > 0);
  }
}
