package io.alertcap.trigger.target;

import io.alertcap.foundation.config.Field;
import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import io.alertcap.schemas.InvalidField;
import java.util.Map;
import java.util.Optional;

/**
 * Which labels of an alert name whom: {@code target.labels} of a rule. Each is the name of a label;
 * where one is absent the standard name is read, or none where a rule that names the label of the
 * pod leaves out what belongs to it.
 */
public record TargetLabels(
    Optional<String> namespace,
    Optional<String> pod,
    Optional<String> instance,
    Optional<String> node) {

  /** A rule that says nothing. */
  public static final TargetLabels STANDARD =
      new TargetLabels(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** What Prometheus puts before a label of the exporter that its target has, too. */
  private static final String EXPORTED = "exported_";

  /** Reads {@code labels}. */
  static Setting<TargetLabels> from(Section labels) {
    Setting<Optional<String>> namespace = name(labels, "namespace");
    Setting<Optional<String>> pod = name(labels, "pod");
    Setting<Optional<String>> instance = name(labels, "instance");
    Setting<Optional<String>> node = name(labels, "node");
    return labels.build(
        () -> new TargetLabels(namespace.get(), pod.get(), instance.get(), node.get()));
  }

  private static Setting<Optional<String>> name(Section labels, String key) {
    Field<String> name = labels.text(key);
    return name.check(text -> !text.isBlank(), "must be the name of a label").optional();
  }

  /** A pod's name without its namespace is no name. */
  void checkWith(Optional<String> namespaceOfTheRule) {
    if (pod.isPresent() && namespace.isEmpty() && namespaceOfTheRule.isEmpty()) {
      throw new InvalidField("labels", "names the label of the pod, and not that of its namespace");
    }
  }

  /** The label that names a service: not for a rule to say. */
  static String service(Map<String, String> alert) {
    return prefix(alert) + "service";
  }

  /**
   * The names of the labels to read in this alert. An alert with {@code exported_pod} is about that
   * pod, and its {@code pod}, {@code namespace} and {@code instance} are those of the exporter.
   */
  TargetLabels in(Map<String, String> alert) {
    String prefix = prefix(alert);
    boolean own = pod.isPresent();
    return new TargetLabels(
        own ? namespace : namespace.or(() -> Optional.of(prefix + "namespace")),
        pod.or(() -> Optional.of(prefix + "pod")),
        own ? instance : instance.or(() -> Optional.of(prefix + "instance")),
        node.or(() -> Optional.of(has(alert, EXPORTED + "node") ? EXPORTED + "node" : "node")));
  }

  /** Whether the labels without a prefix are those of an exporter. */
  private static String prefix(Map<String, String> alert) {
    return has(alert, EXPORTED + "pod")
            || has(alert, EXPORTED + "namespace")
            || has(alert, EXPORTED + "instance")
        ? EXPORTED
        : "";
  }

  private static boolean has(Map<String, String> alert, String label) {
    return !alert.getOrDefault(label, "").isEmpty();
  }
}
