package io.alertcap.trigger.rule;

import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import io.alertcap.schemas.Alert;
import io.alertcap.schemas.CaptureSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All rules, in the order of the configuration. None of them shadows another: an alert is for every
 * rule that matches it.
 *
 * @param all with different names
 * @param standardCapture what is captured where neither a rule nor a person says it
 */
public record Rules(List<Rule> all, CaptureSpec standardCapture) {

  public Rules {
    all = List.copyOf(all);
  }

  /** Where the operator says nothing about what rules share. */
  public Rules(List<Rule> all) {
    this(all, RuleDefaults.STANDARD.capture());
  }

  /**
   * Reads the list {@code rules}, which may be absent, and {@code ruleDefaults}, which they share.
   *
   * @param root the section that is the whole file
   */
  public static Setting<Rules> from(Section root) {
    Set<String> names = new HashSet<>();
    Setting<RuleDefaults> shared = RuleDefaults.from(root.section("ruleDefaults"));
    RuleDefaults defaults = shared.orElse(RuleDefaults.STANDARD);
    Setting<List<Rule>> rules =
        root.sections("rules", rule -> RuleSection.read(rule, defaults, names)).orElse(List.of());
    return root.build(() -> {
      return new Rules(rules.get(), shared.get().capture());
    });
  }

  /** Those for this alert, in their order; empty if it is of no interest. */
  public List<Rule> matching(Alert alert) {
    return all.stream().filter(rule -> rule.matches(alert)).toList();
  }

  /** The rule of this name, if it is still there. */
  public Optional<Rule> named(String name) {
    return all.stream().filter(rule -> rule.name().equals(name)).findFirst();
  }
}
