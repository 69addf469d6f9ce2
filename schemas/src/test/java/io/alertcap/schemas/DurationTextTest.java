package io.alertcap.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

  @ParameterizedTest
  @CsvSource({
    "60s, PT1M, 60s",
    "15m, PT15M, 900s",
    "1h30m, PT1H30M, 5400s",
    "250ms, PT0.25S, 250ms",
    "1s500ms, PT1.5S, 1500ms",
    "1000ms, PT1S, 1s",
    "2d, PT48H, 172800s",
    "1d1h1m1s1ms, PT25H1M1.001S, 90061001ms",
    "0s, PT0S, 0s",
    "007s, PT7S, 7s"
  })
  void readsAndWrites(String text, Duration duration, String written) {
    assertThat(DurationText.parse(text)).isEqualTo(duration);
    assertThat(DurationText.format(duration)).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "60",
        "s",
        "-1s",
        "+1s",
        "1.5s",
        "1 s",
        " 1s",
        "1s ",
        "1s\n",
        "1S",
        "1m1h",
        "1s1s",
        "1ms1s",
        "1w",
        "1y",
        "1us",
        "PT60S",
        "1000000000s",
        "١s"
      })
  void refuses(String text) {
    assertThatThrownBy(() -> DurationText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("must be a duration such as 60s, 15m, 1h30m or 250ms");
  }

  @ParameterizedTest
  @MethodSource("io.alertcap.schemas.Seeds#seeds")
  void everyNumberOfMillisecondsUpToAWeekComesBack(long seed) {
    Random random = new Random(seed);
    Duration duration = Duration.ofMillis(random.nextLong(Duration.ofDays(7).toMillis()));

    assertThat(DurationText.parse(DurationText.format(duration))).isEqualTo(duration);
  }

  @Test
  void cutsOffWhatIsFinerThanAMillisecond() {
    assertThat(DurationText.format(Duration.ofNanos(1_999_999))).isEqualTo("1ms");
    assertThat(DurationText.format(Duration.ofNanos(999_999))).isEqualTo("0s");
  }

  @Test
  void writesNoNegativeDuration() {
    assertThatThrownBy(() -> DurationText.format(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
