package io.alertcap.trigger.rule;

import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import io.alertcap.schemas.CaptureSpec;
import io.alertcap.trigger.target.TargetSelection;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** One element of {@code rules}. */
final class RuleSection {

  private RuleSection() {}

  /**
   * Reads a rule.
   *
   * @param defaults what holds where it says nothing
   * @param names of the rules above, to which this one's is added
   */
  static Setting<Rule> read(Section rule, RuleDefaults defaults, Set<String> names) {
    Setting<String> name =
        rule.text("name")
            .check(text -> !names.contains(text), "is the name of another rule above")
            .required();
    Setting<Boolean> enabled = rule.bool("enabled").orElse(true);
    Setting<List<Matcher>> matchers =
        rule.list("match", Matcher::parse).as(RuleSection::joined).required();
    Setting<TargetSelection> target = TargetSelection.from(rule.section("target"));
    Setting<CaptureSpec> capture =
        RuleDefaults.capture(rule.section("capture"), defaults.capture());
    Setting<Boolean> stopOnResolve = rule.bool("stopOnResolve").orElse(defaults.stopOnResolve());
    Setting<Duration> cooldown = rule.duration("cooldown").orElse(defaults.cooldown());
    Setting<Duration> expireAfter = rule.duration("expireAfter").orElse(defaults.expireAfter());
    Setting<Budget> budget = Budget.from(rule.section("budget"));
    return rule.build(() -> {
      names.add(name.get());
      return new Rule(
          name.get(),
          enabled.get(),
          matchers.get(),
          target.get(),
          capture.get(),
          stopOnResolve.get(),
          cooldown.get(),
          expireAfter.get(),
          budget.get());
    });
  }

  private static List<Matcher> joined(List<List<Matcher>> lists) {
    return lists.stream().flatMap(Collection::stream).toList();
  }
}
