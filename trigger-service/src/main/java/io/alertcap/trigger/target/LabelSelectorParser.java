package io.alertcap.trigger.target;

import io.alertcap.trigger.target.LabelSelector.Requirement;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads what Kubernetes' {@code labels.Parse} reads (apimachinery, pkg/labels/selector.go), but for
 * the comparisons of numbers, {@code >} and {@code <}, which no pod is selected by.
 */
final class LabelSelectorParser {

  private static final int MAX_LENGTH = 4096;

  private static final Pattern COMMA_OUTSIDE_PARENTHESES = Pattern.compile(",(?![^(]*\\))");

  private static final Pattern SET =
      Pattern.compile("(?<key>\\S+)\\s+(?<operator>in|notin)\\s*\\((?<values>[^()]*)\\)");
  private static final Pattern EQUALITY =
      Pattern.compile("(?<key>[^\\s=!]+)\\s*(?<operator>==|=|!=)\\s*(?<value>[^\\s=!]*)");
  private static final Pattern EXISTENCE = Pattern.compile("(?<absent>!?)\\s*(?<key>[^\\s=!]+)");

  private static final String NAME = "[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";
  private static final Pattern KEY = Pattern.compile("([-a-z0-9.]{1,253}/)?" + NAME);
  private static final Pattern VALUE = Pattern.compile("(" + NAME + ")?");

  private LabelSelectorParser() {}

  static List<Requirement> parse(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("must name at least one label");
    }
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("must have at most " + MAX_LENGTH + " characters");
    }
    return Arrays.stream(COMMA_OUTSIDE_PARENTHESES.split(text, -1))
        .map(String::strip)
        .map(LabelSelectorParser::requirement)
        .toList();
  }

  private static Requirement requirement(String text) {
    Matcher set = SET.matcher(text);
    if (set.matches()) {
      String key = key(set.group("key"));
      Set<String> values = values(set.group("values"));
      return set.group("operator").equals("in")
          ? new Requirement.In(key, values)
          : new Requirement.NotIn(key, values);
    }
    Matcher equality = EQUALITY.matcher(text);
    if (equality.matches()) {
      String key = key(equality.group("key"));
      Set<String> values = Set.of(value(equality.group("value")));
      return equality.group("operator").equals("!=")
          ? new Requirement.NotIn(key, values)
          : new Requirement.In(key, values);
    }
    Matcher existence = EXISTENCE.matcher(text);
    if (existence.matches()) {
      String key = key(existence.group("key"));
      return existence.group("absent").isEmpty()
          ? new Requirement.Exists(key)
          : new Requirement.Absent(key);
    }
    throw new IllegalArgumentException(
        "'"
            + text
            + "' is no requirement; they are k=v, k!=v, k in (v,w), k notin (v,w), k and !k,"
            + " separated by commas");
  }

  private static String key(String text) {
    if (!KEY.matcher(text).matches()) {
      throw new IllegalArgumentException("'" + text + "' is no label of Kubernetes");
    }
    return text;
  }

  private static Set<String> values(String list) {
    return Arrays.stream(list.split(",", -1))
        .map(String::strip)
        .map(LabelSelectorParser::value)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String value(String text) {
    if (!VALUE.matcher(text).matches()) {
      throw new IllegalArgumentException("'" + text + "' is no value of a label of Kubernetes");
    }
    return text;
  }
}
