package io.alertcap.trigger.decision;

import io.alertcap.trigger.rule.Budget;
import java.time.Duration;
import java.util.List;

/**
 * On which terms a capture is granted.
 *
 * @param cooldown counted from the command of an earlier capture of the same rule and pod
 * @param limits all of which must leave room for it
 */
public record Terms(Duration cooldown, List<Limit> limits) {

  /** Without cooldown and limits. */
  public static final Terms NONE = new Terms(Duration.ZERO, List.of());

  public Terms {
    limits = List.copyOf(limits);
  }

  /** A budget, and whose it is. */
  public record Limit(Scope scope, Budget budget) {}

  /** What shares a budget. */
  public sealed interface Scope {

    /** Every capture. */
    record Cluster() implements Scope {
      @Override
      public String toString() {
        return "the cluster";
      }
    }

    /** The captures of one rule. */
    record OfRule(String name) implements Scope {
      @Override
      public String toString() {
        return "rule " + name;
      }
    }

    /** The captures in one namespace. */
    record OfNamespace(String name) implements Scope {
      @Override
      public String toString() {
        return "namespace " + name;
      }
    }
  }
}
