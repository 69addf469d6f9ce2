package io.alertcap.trigger.decision;

import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import io.alertcap.foundation.policy.DeniedNamespaces;
import io.alertcap.foundation.policy.NamespacePattern;
import io.alertcap.schemas.Target;
import io.alertcap.trigger.decision.Terms.Limit;
import io.alertcap.trigger.decision.Terms.Scope;
import io.alertcap.trigger.rule.Budget;
import io.alertcap.trigger.rule.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Whose packets may be captured at all, and how much of them, whichever rule or person asks. What a
 * node allows is its own policy.
 *
 * @param allowed namespaces that may be captured in
 * @param denied namespaces that may not, even if they are allowed
 * @param budgets of all captures
 */
public record TriggerPolicy(
    List<NamespacePattern> allowed, List<NamespacePattern> denied, Budgets budgets) {

  public TriggerPolicy {
    allowed = List.copyOf(allowed);
    denied = List.copyOf(denied);
  }

  /**
   * Reads the section {@code policy}; where it says nothing, every namespace is allowed, without
   * limits.
   */
  public static Setting<TriggerPolicy> from(Section policy) {
    Setting<List<NamespacePattern>> allowed =
        policy
            .list("allowedNamespaces", NamespacePattern::new)
            .orElse(List.of(NamespacePattern.ANY));
    Setting<List<NamespacePattern>> denied = DeniedNamespaces.from(policy);
    Setting<Budgets> budgets = Budgets.from(policy.section("budgets"));
    return policy.build(() -> new TriggerPolicy(allowed.get(), denied.get(), budgets.get()));
  }

  /** Why this target may not be captured, as a clause; nothing if it may. */
  public Optional<String> objection(Target target) {
    String namespace = target.namespace();
    for (NamespacePattern pattern : denied) {
      if (pattern.matches(namespace)) {
        return Optional.of("policy.deniedNamespaces has " + pattern);
      }
    }
    return allowed.stream().anyMatch(pattern -> pattern.matches(namespace))
        ? Optional.empty()
        : Optional.of("policy.allowedNamespaces does not have " + namespace);
  }

  /** On which terms a rule may have this target captured. */
  public Terms terms(Rule rule, Target target) {
    return terms(rule.name(), rule.budget(), rule.cooldown(), target);
  }

  /**
   * On which terms a person may have this target captured.
   *
   * @param rule under whose name captures by hand are recorded, and share a budget
   */
  public Terms termsByHand(String rule, Target target) {
    return terms(rule, Budget.UNLIMITED, Duration.ZERO, target);
  }

  private Terms terms(String rule, Budget own, Duration cooldown, Target target) {
    return new Terms(
        cooldown,
        List.of(
            new Limit(new Scope.Cluster(), budgets.cluster()),
            new Limit(new Scope.OfRule(rule), own.or(budgets.rule())),
            new Limit(new Scope.OfNamespace(target.namespace()), budgets.namespace())));
  }
}
