package io.alertcap.schemas.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** Reads times of RFC 3339, section 5.6, in upper case and without leap seconds. */
final class Rfc3339 {

  private static final DateTimeFormatter ANY_OFFSET =
      new DateTimeFormatterBuilder()
          .appendValue(ChronoField.YEAR, 4)
          .appendPattern("-MM-dd'T'HH:mm:ss")
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
          .optionalEnd()
          .appendOffset("+HH:MM", "Z")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private static final String SECOND = "0000-00-00T00:00:00";
  private static final int NANO_DIGITS = 9;

  private Rfc3339() {}

  /**
   * Reads a time.
   *
   * @throws IllegalArgumentException if the text is none
   */
  static Instant parse(String text) {
    try {
      return isUtc(text) ? utc(text) : OffsetDateTime.parse(text, ANY_OFFSET).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "must be an RFC 3339 time such as 2026-11-22T22:33:35.000Z", e);
    }
  }

  /** Whether it has the form that we write. */
  private static boolean isUtc(String text) {
    int last = text.length() - 1;
    if (last < SECOND.length() || text.charAt(last) != 'Z') {
      return false;
    }
    for (int i = 0; i < SECOND.length(); i++) {
      char expected = SECOND.charAt(i);
      if (expected == '0' ? !isDigit(text.charAt(i)) : text.charAt(i) != expected) {
        return false;
      }
    }
    return last == SECOND.length() || isFraction(text, SECOND.length(), last);
  }

  private static boolean isFraction(String text, int start, int end) {
    int digits = end - start - 1;
    return text.charAt(start) == '.'
        && digits >= 1
        && digits <= NANO_DIGITS
        && text.substring(start + 1, end).chars().allMatch(Rfc3339::isDigit);
  }

  private static boolean isDigit(int character) {
    return '0' <= character && character <= '9';
  }

  /** Without the formatter, which takes a quarter of the time in which an event is read. */
  private static Instant utc(String text) {
    return LocalDateTime.of(
            number(text, 0, 4),
            number(text, 5, 7),
            number(text, 8, 10),
            number(text, 11, 13),
            number(text, 14, 16),
            number(text, 17, 19),
            nanos(text, SECOND.length() + 1, text.length() - 1))
        .toInstant(ZoneOffset.UTC);
  }

  private static int nanos(String text, int start, int end) {
    int nanos = start < end ? number(text, start, end) : 0;
    for (int digits = end - start; nanos > 0 && digits < NANO_DIGITS; digits++) {
      nanos *= 10;
    }
    return nanos;
  }

  private static int number(String text, int start, int end) {
    return Integer.parseInt(text, start, end, 10);
  }
}
