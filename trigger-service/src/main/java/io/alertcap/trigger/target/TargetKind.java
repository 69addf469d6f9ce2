package io.alertcap.trigger.target;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A way from an alert to pods; docs/rules.md says which labels each of them reads. */
public enum TargetKind {
  POD("the labels namespace and pod"),
  INSTANCE("the label instance"),
  WORKLOAD("the label namespace and one of a workload, such as deployment"),
  SERVICE("the labels namespace and service"),
  SELECTOR("the label namespace, which the rule does not give either"),
  NODE("the label node");

  private final String needs;

  TargetKind(String needs) {
    this.needs = needs;
  }

  /** Which labels an alert must have for it. */
  String needs() {
    return needs;
  }

  /**
   * @throws IllegalArgumentException if there is no such kind
   */
  static TargetKind parse(String text) {
    return Arrays.stream(values())
        .filter(kind -> kind.toString().equals(text))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "must be one of "
                    + Arrays.stream(values())
                        .map(TargetKind::toString)
                        .collect(Collectors.joining(", "))));
  }

  /** As a rule spells it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
