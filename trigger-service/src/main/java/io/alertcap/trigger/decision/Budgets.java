package io.alertcap.trigger.decision;

import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import io.alertcap.trigger.rule.Budget;

/**
 * How much may be captured in all, whichever rule or person asks.
 *
 * @param cluster of everything
 * @param rule of each rule, where the rule itself says nothing else
 * @param namespace of each namespace
 */
public record Budgets(Budget cluster, Budget rule, Budget namespace) {

  /** Without any limit. */
  public static final Budgets UNLIMITED =
      new Budgets(Budget.UNLIMITED, Budget.UNLIMITED, Budget.UNLIMITED);

  /** Reads {@code policy.budgets}. */
  static Setting<Budgets> from(Section budgets) {
    Setting<Budget> cluster = Budget.from(budgets.section("cluster"));
    Setting<Budget> rule = Budget.from(budgets.section("rule"));
    Setting<Budget> namespace = Budget.from(budgets.section("namespace"));
    return budgets.build(() -> new Budgets(cluster.get(), rule.get(), namespace.get()));
  }
}
