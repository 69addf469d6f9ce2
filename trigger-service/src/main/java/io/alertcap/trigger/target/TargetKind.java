package io.alertcap.trigger.target;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A way from an alert to pods; docs/rules.md says which labels each of them reads. */
public enum TargetKind {
  POD,
  INSTANCE,
  WORKLOAD,
  SERVICE,
  SELECTOR,
  NODE;

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
