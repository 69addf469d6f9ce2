package io.alertcap.capturer.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.schemas.Latency;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StatisticsTest {

  @Test
  void latenciesHaveThreeDigits() {
    LatencyHistogram histogram = new LatencyHistogram();
    assertThat(histogram.latency()).isEmpty();

    for (int i = 1; i <= 100_000; i++) {
      histogram.record(i * 1_000L + 999);
    }
    Latency latency = histogram.latency().orElseThrow();

    assertThat(latency.count()).isEqualTo(100_000);
    assertThat(latency.minMicros()).isOne();
    assertThat(latency.maxMicros()).isEqualTo(100_000);
    assertThat(latency.meanMicros()).isEqualTo(50_000);
    assertThat(latency.p50Micros()).isBetween(50_000L, 50_050L);
    assertThat(latency.p99Micros()).isBetween(99_000L, 99_100L);
  }

  @Test
  void latenciesOfAClockThatJumpsStayWithinADay() {
    LatencyHistogram histogram = new LatencyHistogram();
    histogram.record(-5_000);
    histogram.record(Long.MAX_VALUE);

    Latency latency = histogram.latency().orElseThrow();

    assertThat(latency.minMicros()).isZero();
    assertThat(latency.maxMicros()).isEqualTo(86_400_000_000L);
  }

  @Test
  void aFrequentKeyIsFoundAmongAnyNumberOfOthers() {
    TopTable<Integer, AtomicLong> table = new TopTable<>(32, AtomicLong::new);
    for (int i = 0; i < 1_000_000; i++) {
      table.count(i % 20 == 0 ? -1 : i).incrementAndGet();
    }

    TopTable.Row<Integer, AtomicLong> first = table.top(5).getFirst();

    assertThat(first.key()).isEqualTo(-1);
    assertThat(first.count()).isEqualTo(50_000);
    assertThat(first.figures()).hasValue(50_000);
    assertThat(table.top(100)).hasSize(32);
  }

  @Test
  void aRecentMapForgets() {
    RecentMap<Integer, String> byInsertion = RecentMap.byInsertion(2);
    RecentMap<Integer, String> byAccess = RecentMap.byAccess(2);
    for (RecentMap<Integer, String> map : List.of(byInsertion, byAccess)) {
      map.put(1, "a");
      map.put(2, "b");
      assertThat(map.get(1)).isEqualTo("a");
      map.put(3, "c");
    }

    assertThat(byInsertion).containsOnlyKeys(2, 3);
    assertThat(byAccess).containsOnlyKeys(1, 3);
  }
}
