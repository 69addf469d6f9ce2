package io.alertcap.capturer.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TriedTimeTest {

  private static final Duration DAY = Duration.ofDays(1);

  private long nanoTime = 7;

  @Test
  void isOverOnceItWasTriedForLongEnough() {
    TriedTime tried = new TriedTime(Duration.ZERO, Duration.ofMinutes(10), () -> nanoTime);

    assertThat(after(Duration.ofMinutes(9), tried)).isFalse();
    assertThat(after(Duration.ofMinutes(1), tried)).isTrue();
    assertThat(tried.look()).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void countsOnFromTheProcessBefore() {
    TriedTime tried = new TriedTime(Duration.ofHours(23), DAY, () -> nanoTime);

    for (int quarter = 0; quarter < 3; quarter++) {
      assertThat(after(Duration.ofMinutes(15), tried)).isFalse();
    }
    assertThat(after(Duration.ofMinutes(15), tried)).isTrue();
  }

  @Test
  void grantsAQuarterOfAnHourAfterAStartOrKeepForWhereThatIsLess() {
    TriedTime usedUp = new TriedTime(DAY.multipliedBy(2), DAY, () -> nanoTime);
    TriedTime brief = new TriedTime(DAY, Duration.ofMinutes(1), () -> nanoTime);

    assertThat(after(Duration.ofMinutes(1), brief)).isTrue();
    assertThat(after(Duration.ofMinutes(13), usedUp)).isFalse();
    assertThat(after(Duration.ofMinutes(1), usedUp)).isTrue();
  }

  @Test
  void aProcessThatWasFrozenForAWeekHasTriedNothingInIt() {
    TriedTime tried = new TriedTime(Duration.ZERO, DAY, () -> nanoTime);

    assertThat(after(Duration.ofDays(7), tried)).isFalse();
    assertThat(tried.look()).isEqualTo(TriedTime.LONGEST_STEP);
  }

  private boolean after(Duration more, TriedTime tried) {
    nanoTime += more.toNanos();
    var unused = tried.look();
    return tried.over();
  }
}
