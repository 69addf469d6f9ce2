package io.alertcap.capturer.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.schemas.Latency;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
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
  void entriesAreFoundByHashYoungestFirstAndByAge() {
    AgeTable<Numbered> table = new AgeTable<>(4);
    List<Numbered> all = IntStream.range(0, 100).mapToObj(Numbered::new).toList();
    all.forEach(each -> table.add(each, each.number % 3));

    assertThat(table.size()).isEqualTo(100);
    assertThat(withHash(table, 1)).startsWith(97, 94, 91).endsWith(4, 1).hasSize(33);
    assertThat(withHash(table, 3)).isEmpty();
    assertThat(byAge(table)).startsWith(0, 1, 2).endsWith(98, 99).hasSize(100);

    table.remove(all.get(0));
    table.remove(all.get(94));
    table.remove(all.get(99));
    table.renew(all.get(1));
    table.renew(all.get(1));

    assertThat(withHash(table, 1)).startsWith(97, 91).endsWith(4, 1).hasSize(32);
    assertThat(byAge(table)).startsWith(2, 3).endsWith(98, 1).doesNotContain(94).hasSize(97);
    all.stream().filter(each -> each.number % 94 != 0 && each.number != 99).forEach(table::remove);
    assertThat(table.eldest()).isNull();
    assertThat(table.size()).isZero();
    table.add(all.get(0), 7);
    assertThat(byAge(table)).containsExactly(0);
  }

  /** Addresses that collide in any hash that is not seeded: differences of single high bits. */
  @Test
  void aSeededHashSpreadsWhatIsChosenToCollide() {
    Set<Integer> hashes = new HashSet<>();
    for (int i = 0; i < 1 << 16; i++) {
      hashes.add(SeededHash.ofAddress((long) i << 48, (long) i << 32) & 0xffff);
    }

    assertThat(hashes).hasSizeGreaterThan(1 << 14);
  }

  private static List<Integer> withHash(AgeTable<Numbered> table, int hash) {
    List<Integer> found = new ArrayList<>();
    for (Numbered each = table.first(hash); each != null; each = table.next(each)) {
      assertThat(each.hash()).isEqualTo(hash);
      found.add(each.number);
    }
    return found;
  }

  private static List<Integer> byAge(AgeTable<Numbered> table) {
    List<Integer> found = new ArrayList<>();
    for (Numbered each = table.eldest(); each != null; each = table.younger(each)) {
      found.add(each.number);
    }
    return found;
  }

  private static final class Numbered extends AgeTable.Entry<Numbered> {

    private final int number;

    Numbered(int number) {
      this.number = number;
    }
  }
}
