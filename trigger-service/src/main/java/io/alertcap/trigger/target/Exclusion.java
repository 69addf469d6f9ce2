package io.alertcap.trigger.target;

import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import io.alertcap.foundation.policy.NamespacePattern;
import io.alertcap.foundation.policy.PodPattern;
import java.util.Optional;

/**
 * Pods that a rule never captures: one of {@code target.exclude}. A pod is excluded if it has
 * everything that is given here.
 *
 * @param selector of its labels
 */
public record Exclusion(
    Optional<NamespacePattern> namespace,
    Optional<PodPattern> pod,
    Optional<LabelSelector> selector) {

  public Exclusion {
    if (namespace.isEmpty() && pod.isEmpty() && selector.isEmpty()) {
      throw new IllegalArgumentException(
          "must have a namespace, a pod or a selector: it would exclude every pod");
    }
  }

  static Setting<Exclusion> from(Section exclusion) {
    Setting<Optional<NamespacePattern>> namespace =
        exclusion.text("namespace").<NamespacePattern>as(NamespacePattern::new).optional();
    Setting<Optional<PodPattern>> pod =
        exclusion.text("pod").<PodPattern>as(PodPattern::new).optional();
    Setting<Optional<LabelSelector>> selector =
        exclusion.text("selector").<LabelSelector>as(LabelSelector::parse).optional();
    return exclusion.build(() -> new Exclusion(namespace.get(), pod.get(), selector.get()));
  }

  boolean excludes(Candidate candidate) {
    return namespace.map(pattern -> pattern.matches(candidate.namespace())).orElse(true)
        && pod.map(pattern -> pattern.matches(candidate.pod())).orElse(true)
        && selector.map(labels -> labels.matches(candidate.labels())).orElse(true);
  }
}
