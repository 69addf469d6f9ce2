package io.alertcap.capturer.dns;

import io.alertcap.schemas.DnsSide;
import java.time.Duration;
import java.util.Locale;

/** Numbers as a sentence has them. */
final class Wording {

  private Wording() {}

  /** A number with what it is a share of, {@code 12 (4.0 %)}. */
  static String part(long part, long all) {
    return String.format(Locale.ROOT, "%d (%.1f %%)", part, 100.0 * part / all);
  }

  static String count(long count, String one, String several) {
    return count + " " + (count == 1 ? one : several);
  }

  static String seconds(Duration duration) {
    return micros(duration.toNanos() / 1_000);
  }

  /** Three digits in the unit that suits, {@code 3.20 ms}. */
  static String micros(long micros) {
    if (micros < 1_000) {
      return micros + " µs";
    }
    boolean millis = micros < 1_000_000;
    double value = millis ? micros / 1e3 : micros / 1e6;
    int digits = value == Math.rint(value) || value >= 100 ? 0 : value >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + digits + "f %s", value, millis ? "ms" : "s");
  }

  static String upstreamToo(DnsSide upstream) {
    return "; of %d that it sent itself, %s got none either"
        .formatted(upstream.decided(), part(upstream.unanswered(), upstream.decided()));
  }
}
