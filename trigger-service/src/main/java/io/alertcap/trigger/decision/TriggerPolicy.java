package io.alertcap.trigger.decision;

import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import io.alertcap.foundation.policy.NamespacePattern;
import io.alertcap.schemas.Target;
import java.util.List;
import java.util.Optional;

/**
 * Whose packets may be captured at all, whichever rule or person asks. What a node allows is its
 * own policy.
 *
 * @param allowed namespaces that may be captured in
 * @param denied namespaces that may not, even if they are allowed
 */
public record TriggerPolicy(List<NamespacePattern> allowed, List<NamespacePattern> denied) {

  public TriggerPolicy {
    allowed = List.copyOf(allowed);
    denied = List.copyOf(denied);
  }

  /** Reads the section {@code policy}; where it says nothing, every namespace is allowed. */
  public static Setting<TriggerPolicy> from(Section policy) {
    Setting<List<NamespacePattern>> allowed =
        policy
            .list("allowedNamespaces", NamespacePattern::new)
            .orElse(List.of(NamespacePattern.ANY));
    Setting<List<NamespacePattern>> denied =
        policy.list("deniedNamespaces", NamespacePattern::new).orElse(List.of());
    return policy.build(() -> new TriggerPolicy(allowed.get(), denied.get()));
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
}
