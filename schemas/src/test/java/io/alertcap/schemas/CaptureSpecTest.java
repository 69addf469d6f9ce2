package io.alertcap.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CaptureSpecTest {

  @Test
  void theLimitsAreAllowed() {
    assertThat(spec(CaptureSpec.MIN_DURATION, CaptureSpec.MIN_BYTES, 0, 64)).isNotNull();
    assertThat(
            spec(
                CaptureSpec.MAX_DURATION,
                CaptureSpec.MAX_BYTES,
                Long.MAX_VALUE,
                CaptureSpec.MAX_SNAPLEN))
        .isNotNull();
  }

  @Test
  void whatIsBeyondThemIsRefusedByName() {
    DataSize bytes = CaptureSpec.MIN_BYTES;
    Duration second = Duration.ofSeconds(1);

    refused("duration", () -> spec(Duration.ofMillis(99), bytes, 0, 64));
    refused("duration", () -> spec(CaptureSpec.MAX_DURATION.plusNanos(1), bytes, 0, 64));
    refused("duration", () -> spec(Duration.ofMillis(-200), bytes, 0, 64));
    refused("maxBytes", () -> spec(second, DataSize.ofBytes(4095), 0, 64));
    refused(
        "maxBytes", () -> spec(second, DataSize.ofBytes(CaptureSpec.MAX_BYTES.bytes() + 1), 0, 64));
    refused("maxPackets", () -> spec(second, bytes, -1, 64));
    refused("snaplen", () -> spec(second, bytes, 0, 63));
    refused("snaplen", () -> spec(second, bytes, 0, CaptureSpec.MAX_SNAPLEN + 1));
  }

  /** So that a specification is the same on both sides of Kafka. */
  @Test
  void durationsAreWholeMilliseconds() {
    assertThat(spec(Duration.ofNanos(1_500_999_999), CaptureSpec.MIN_BYTES, 0, 64).duration())
        .isEqualTo(Duration.ofMillis(1500));
  }

  private static CaptureSpec spec(
      Duration duration, DataSize maxBytes, long maxPackets, int snaplen) {
    return new CaptureSpec("", "auto", duration, maxBytes, maxPackets, snaplen);
  }

  private static void refused(String field, Runnable construction) {
    assertThatExceptionOfType(InvalidField.class)
        .isThrownBy(construction::run)
        .extracting(InvalidField::field)
        .isEqualTo(field);
  }
}
