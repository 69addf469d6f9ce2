package io.alertcap.trigger.decision;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why an alert, or one of its targets, is not captured. */
public enum SuppressedReason {
  /** It fires no longer. */
  RESOLVED,
  /** No rule matches it. */
  NO_RULE,
  /** No kind of target that the rule has finds a pod. */
  NO_TARGET,
  /** There is such a capture. */
  DUPLICATE,
  /** The rule captured this pod a short time ago. */
  COOLDOWN,
  /** There are enough captures. */
  BUDGET,
  /** The operator's policy forbids it. */
  POLICY;

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
