package io.alertcap.capturer.enrich.file;

/**
 * The meaning of a time stamp in a pcapng file: a number of units since the epoch, a unit being a
 * negative power of 10 or of 2 of a second ({@code if_tsresol}), plus whole seconds ({@code
 * if_tsoffset}). Times outside of what a {@code long} of nanoseconds holds, the years 1677 to 2262,
 * become the nearest that it does hold.
 *
 * @param exponent of the unit, 0 to 127
 * @param binary whether of 2 rather than of 10
 * @param offsetSeconds added to every time
 */
record TimeUnits(int exponent, boolean binary, long offsetSeconds) {

  static final TimeUnits MICROSECONDS = new TimeUnits(6, false, 0);
  static final TimeUnits NANOSECONDS = new TimeUnits(9, false, 0);

  private static final long PER_SECOND = 1_000_000_000;
  private static final long LARGEST_SECONDS = Long.MAX_VALUE / PER_SECOND;
  private static final int NANO_DIGITS = 9;

  /** A {@code long} has no more decimal digits. */
  private static final int LONG_DIGITS = 19;

  /** Of a fraction of a second, so many bits can be multiplied by 10^9 without overflow. */
  private static final int FRACTION_BITS = 33;

  private static final long[] POWERS = new long[LONG_DIGITS];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < LONG_DIGITS; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  /** From an {@code if_tsresol} byte. */
  static TimeUnits ofOption(int resolution, long offsetSeconds) {
    return new TimeUnits(resolution & 0x7f, (resolution & 0x80) != 0, offsetSeconds);
  }

  /** Nanoseconds since the epoch, of an unsigned number of units. */
  long epochNanos(long stamp) {
    long nanos = binary ? ofBinary(stamp) : ofDecimal(stamp);
    return offsetSeconds == 0 ? nanos : saturatedSum(nanos, ofSeconds(offsetSeconds));
  }

  private long ofDecimal(long stamp) {
    if (exponent == NANO_DIGITS) {
      return stamp < 0 ? Long.MAX_VALUE : stamp;
    }
    if (exponent < NANO_DIGITS) {
      long factor = POWERS[NANO_DIGITS - exponent];
      return stamp < 0 || stamp > Long.MAX_VALUE / factor ? Long.MAX_VALUE : stamp * factor;
    }
    int digits = exponent - NANO_DIGITS;
    return digits >= LONG_DIGITS ? 0 : Long.divideUnsigned(stamp, POWERS[digits]);
  }

  private long ofBinary(long stamp) {
    long seconds = exponent >= Long.SIZE ? 0 : stamp >>> exponent;
    if (seconds < 0) {
      return Long.MAX_VALUE;
    }
    long fraction = exponent >= Long.SIZE ? stamp : stamp & ((1L << exponent) - 1);
    int bits = exponent;
    if (bits > FRACTION_BITS) {
      int excess = bits - FRACTION_BITS;
      fraction = excess >= Long.SIZE ? 0 : fraction >>> excess;
      bits = FRACTION_BITS;
    }
    return saturatedSum(ofSeconds(seconds), (fraction * PER_SECOND) >>> bits);
  }

  private static long ofSeconds(long seconds) {
    if (seconds == Math.clamp(seconds, -LARGEST_SECONDS, LARGEST_SECONDS)) {
      return seconds * PER_SECOND;
    }
    return seconds < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }

  private static long saturatedSum(long a, long b) {
    long sum = a + b;
    boolean overflow = ((a ^ sum) & (b ^ sum)) < 0;
    if (!overflow) {
      return sum;
    }
    return a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }
}
