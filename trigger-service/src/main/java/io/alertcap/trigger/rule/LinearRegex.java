package io.alertcap.trigger.rule;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.function.Predicate;

/**
 * Regular expressions in RE2's syntax, matched in time linear in the label's length, and against
 * the whole of it. RE2/J bounds neither the depth of an expression nor what its repetitions expand
 * to, as Go's library does; so both are bounded here, before it sees the expression.
 */
final class LinearRegex {

  /** The names of a few hundred services fit many times over. */
  private static final int MAX_LENGTH = 4096;

  private LinearRegex() {}

  /**
   * @throws IllegalArgumentException if this is no regular expression, or too large a one
   */
  static Predicate<String> compile(String expression) {
    if (expression.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a regular expression must have at most " + MAX_LENGTH + " characters");
    }
    ExpressionSize.check(expression);
    try {
      return Pattern.compile(expression)::matches;
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "'" + expression + "' is no regular expression: " + e.getDescription(), e);
    }
  }
}
