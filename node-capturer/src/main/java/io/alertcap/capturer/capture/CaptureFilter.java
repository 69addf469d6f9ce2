package io.alertcap.capturer.capture;

import io.alertcap.schemas.FilterText;

/**
 * A filter in libpcap's language (pcap-filter(7)), untrusted: bounded in length and free of what
 * would mean one thing here and another to C, and of names that would have to be looked up ({@link
 * FilterText}). Whether it compiles is known when a tap is opened.
 *
 * @param expression empty for everything
 */
public record CaptureFilter(String expression) {

  /** Longer ones say nothing that a shorter one could not, and cost the compiler's time. */
  public static final int LONGEST = 4096;

  /** Lets everything through. */
  public static final CaptureFilter EVERYTHING = new CaptureFilter("");

  /**
   * @throws IllegalArgumentException with a sentence for the filter's author
   */
  public CaptureFilter {
    if (expression.length() > LONGEST) {
      throw new IllegalArgumentException(
          "A capture filter has at most %d characters, and this one has %d."
              .formatted(LONGEST, expression.length()));
    }
    if (expression.chars().anyMatch(c -> Character.isISOControl(c) && !Character.isWhitespace(c))) {
      throw new IllegalArgumentException("A capture filter must not hold control characters.");
    }
    FilterText.problem(expression)
        .ifPresent(clause -> {
          throw new IllegalArgumentException("A capture filter " + clause + ".");
        });
    expression = expression.strip();
  }

  /** What passes both, of filters that are known to compile and to be short. */
  CaptureFilter and(CaptureFilter other) {
    if (isEverything()) {
      return other;
    }
    return other.isEverything()
        ? this
        : new CaptureFilter("(" + expression + ") and (" + other.expression + ")");
  }

  /** Whether it lets everything through. */
  public boolean isEverything() {
    return expression.isEmpty();
  }
}
