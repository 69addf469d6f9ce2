package io.alertcap.trigger.target;

import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import io.alertcap.schemas.InvalidField;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whose packets a rule wants: {@code target} in its configuration.
 *
 * @param from the kinds to try, in this order, until one finds pods
 * @param namespace of the pods of the selector, and of an alert that names none
 * @param selector given if and only if {@code from} has that kind
 * @param labels which labels of an alert name the pod, its namespace, an instance, a node
 * @param container by which pods are entered; any that runs if absent
 * @param exclude pods that are as if they were not there
 * @param maxTargets most pods that one alert has captured by this rule, 1 to 100
 */
public record TargetSelection(
    List<TargetKind> from,
    Optional<String> namespace,
    Optional<LabelSelector> selector,
    TargetLabels labels,
    Optional<String> container,
    List<Exclusion> exclude,
    int maxTargets) {

  private static final int MAX_MAX_TARGETS = 100;

  /** Where neither a rule nor a person says it. */
  public static final int DEFAULT_MAX_TARGETS = 3;

  private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  public TargetSelection {
    from = List.copyOf(from);
    if (from.isEmpty()) {
      throw new InvalidField("from", "must name at least one kind");
    }
    if (new HashSet<>(from).size() < from.size()) {
      throw new InvalidField("from", "must name each kind only once");
    }
    if (namespace.isPresent() && !DNS_LABEL.matcher(namespace.get()).matches()) {
      throw new InvalidField("namespace", "must be a DNS label");
    }
    if (selector.isEmpty() && from.contains(TargetKind.SELECTOR)) {
      throw new InvalidField("selector", "is missing, which 'from' asks for");
    }
    if (selector.isPresent() && !from.contains(TargetKind.SELECTOR)) {
      throw new InvalidField("selector", "is given, but 'from' does not have that kind");
    }
    if (container.isPresent() && !DNS_LABEL.matcher(container.get()).matches()) {
      throw new InvalidField("container", "must be a DNS label");
    }
    labels.checkWith(namespace);
    exclude = List.copyOf(exclude);
    if (maxTargets < 1 || maxTargets > MAX_MAX_TARGETS) {
      throw new InvalidField("maxTargets", "must be from 1 to " + MAX_MAX_TARGETS);
    }
  }

  /** Reads the {@code target} of a rule. */
  public static Setting<TargetSelection> from(Section target) {
    Setting<Optional<List<TargetKind>>> from = target.list("from", TargetKind::parse).optional();
    Setting<Optional<String>> namespace = target.text("namespace").optional();
    Setting<Optional<LabelSelector>> selector =
        target.text("selector").<LabelSelector>as(LabelSelector::parse).optional();
    Setting<TargetLabels> labels = TargetLabels.from(target.section("labels"));
    Setting<Optional<String>> container = target.text("container").optional();
    Setting<List<Exclusion>> exclude =
        target.sections("exclude", Exclusion::from).orElse(List.of());
    Setting<Integer> maxTargets = target.integer("maxTargets").orElse(DEFAULT_MAX_TARGETS);
    return target.build(() ->
        new TargetSelection(
            from.get().orElseGet(() -> standard(selector.get().isPresent())),
            namespace.get(),
            selector.get(),
            labels.get(),
            container.get(),
            exclude.get(),
            maxTargets.get()));
  }

  boolean excludes(Candidate candidate) {
    return exclude.stream().anyMatch(exclusion -> exclusion.excludes(candidate));
  }

  private static List<TargetKind> standard(boolean hasSelector) {
    List<TargetKind> kinds = new ArrayList<>(List.of(TargetKind.POD, TargetKind.INSTANCE));
    if (hasSelector) {
      kinds.add(TargetKind.SELECTOR);
    }
    return kinds;
  }
}
