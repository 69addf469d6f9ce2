package io.alertcap.capturer.enrich.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimeUnitsTest {

  private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

  @Test
  void agreesWithExactArithmeticForEveryResolution() {
    Random random = new Random(5);
    for (int resolution = 0; resolution < 256; resolution++) {
      for (int i = 0; i < 200; i++) {
        long stamp = random.nextLong() >>> random.nextInt(64);

        long nanos = TimeUnits.ofOption(resolution, 0).epochNanos(stamp);

        assertThat(BigInteger.valueOf(nanos).subtract(exact(resolution, stamp)).abs())
            .as("resolution %x, stamp %x", resolution, stamp)
            .isLessThanOrEqualTo(BigInteger.ONE);
      }
    }
  }

  @Test
  void staysWithinWhatALongHolds() {
    assertThat(new TimeUnits(9, false, Long.MAX_VALUE).epochNanos(Long.MAX_VALUE))
        .isEqualTo(Long.MAX_VALUE);
    assertThat(new TimeUnits(6, false, Long.MIN_VALUE).epochNanos(0)).isNegative();
    assertThat(new TimeUnits(6, false, -1).epochNanos(2_000_001)).isEqualTo(1_000_001_000);
  }

  private static BigInteger exact(int resolution, long stamp) {
    BigInteger perSecond =
        BigInteger.valueOf((resolution & 0x80) == 0 ? 10 : 2).pow(resolution & 0x7f);
    return new BigInteger(Long.toUnsignedString(stamp))
        .multiply(BigInteger.TEN.pow(9))
        .divide(perSecond)
        .min(LARGEST);
  }
}
