package io.alertcap.trigger.rule;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A condition on one label of an alert, written as in Alertmanager's configuration: {@code
 * severity=~"warning|critical"}. A label that an alert does not have counts as empty.
 */
public final class Matcher {

  private final String label;
  private final Operator operator;
  private final String value;
  private final Predicate<String> accepts;

  private enum Operator {
    EQUAL("="),
    NOT_EQUAL("!="),
    MATCHES("=~"),
    NOT_MATCHES("!~");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }
  }

  private Matcher(String label, Operator operator, String value, Predicate<String> accepts) {
    this.label = label;
    this.operator = operator;
    this.value = value;
    this.accepts = accepts;
  }

  /**
   * Reads any number of matchers, separated by commas, in braces or not.
   *
   * @throws IllegalArgumentException if the text is something else; the message names the column
   */
  public static List<Matcher> parse(String text) {
    return new MatcherParser(text).matchers();
  }

  /**
   * @param sign one of =, !=, =~ and !~
   * @throws IllegalArgumentException if the value is no regular expression where one is needed
   */
  static Matcher of(String label, String sign, String value) {
    return switch (sign) {
      case "=" -> new Matcher(label, Operator.EQUAL, value, value::equals);
      case "!=" -> new Matcher(label, Operator.NOT_EQUAL, value, Predicate.not(value::equals));
      case "=~" -> new Matcher(label, Operator.MATCHES, value, LinearRegex.compile(value));
      case "!~" ->
          new Matcher(label, Operator.NOT_MATCHES, value, LinearRegex.compile(value).negate());
      default -> throw new IllegalArgumentException(sign + " is no operator");
    };
  }

  public boolean matches(Map<String, String> labels) {
    return accepts.test(labels.getOrDefault(label, ""));
  }

  /** In the syntax that {@link #parse} reads. */
  @Override
  public String toString() {
    return quoted(label) + operator.sign + quoted(value);
  }

  private static String quoted(String text) {
    String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return '"' + escaped + '"';
  }
}
