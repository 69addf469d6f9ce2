package io.alertcap.capturer.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlicesTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @ParameterizedTest
  @CsvSource({
    "1, 262144",
    "104857600, 262144",
    "1048576, 96",
    "5000000, 1500",
    "3, 1",
    "1073741824, 65535"
  })
  void neverExceedsTheBytesByMoreThanAllowedEvenIfEveryPacketIsTheLongest(
      long maxBytes, int snaplen) {
    Slices slices = new Slices(new CaptureLimits(MINUTE, maxBytes, 0), snaplen);
    long position = 24;
    while (!slices.bytesAreReached(position)) {
      position += (long) slices.next(position, 0) * (snaplen + 16);
    }
    assertThat(position - maxBytes).isLessThanOrEqualTo(Slices.LARGEST_OVERSHOOT);
  }

  @ParameterizedTest
  @CsvSource({"1", "8191", "8192", "8193", "1000000"})
  void endsAtTheExactNumberOfPackets(long maxPackets) {
    Slices slices = new Slices(new CaptureLimits(MINUTE, 0, maxPackets), 262_144);
    long packets = 0;
    while (!slices.packetsAreReached(packets)) {
      packets += slices.next(24, packets);
    }
    assertThat(packets).isEqualTo(maxPackets);
  }

  @Test
  void isNeverReachedWithoutALimit() {
    Slices slices = new Slices(CaptureLimits.of(MINUTE), 262_144);

    assertThat(slices.bytesAreReached(Long.MAX_VALUE)).isFalse();
    assertThat(slices.packetsAreReached(Long.MAX_VALUE)).isFalse();
    assertThat(slices.next(1L << 50, 1L << 50)).isEqualTo(Slices.LONGEST);
  }
}
