package io.alertcap.trigger.target;

import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import io.alertcap.schemas.InvalidField;
import io.alertcap.schemas.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One entry of a static catalog's file. */
record StaticPod(Target target, Map<String, String> labels) {

  StaticPod {
    labels = Map.copyOf(labels);
  }

  static Setting<StaticPod> from(Section section) {
    Setting<Boolean> hostNetwork = section.bool("hostNetwork").orElse(false);
    Setting<Target> pod = pod(section);
    Setting<List<Target>> containers =
        section
            .sections("containers", container -> container(container, pod, hostNetwork))
            .orElse(List.of());
    Setting<Map<String, String>> labels = section.textMap("labels").orElse(Map.of());
    return section.build(
        () -> new StaticPod(target(pod.get(), containers.get(), hostNetwork.get()), labels.get()));
  }

  /**
   * The pod without a way into it, which only one that shares its node's network can do without.
   */
  private static Setting<Target> pod(Section section) {
    Setting<String> namespace = section.text("namespace").required();
    Setting<String> name = section.text("pod").required();
    Setting<Optional<String>> podIp = section.text("podIp").optional();
    Setting<String> node = section.text("node").required();
    return section.build(() ->
        new Target(
            namespace.get(),
            name.get(),
            Optional.empty(),
            podIp.get(),
            node.get(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true));
  }

  private static Setting<Target> container(
      Section section, Setting<Target> pod, Setting<Boolean> hostNetwork) {
    Setting<Optional<String>> name = section.text("name").optional();
    Setting<Optional<String>> containerId = section.text("containerId").optional();
    Setting<Optional<Long>> pid = section.number("pid").optional();
    Setting<Optional<String>> netns = section.text("netns").optional();
    return section.build(() ->
        new Target(
            pod.get().namespace(),
            pod.get().pod(),
            Optional.empty(),
            pod.get().podIp(),
            pod.get().node(),
            name.get(),
            containerId.get(),
            pid.get(),
            netns.get(),
            hostNetwork.get()));
  }

  /** Any container will do: all of a pod share its network namespace. */
  private static Target target(Target pod, List<Target> containers, boolean hostNetwork) {
    if (!containers.isEmpty()) {
      return containers.getFirst();
    }
    if (!hostNetwork) {
      throw new InvalidField("containers", "is missing, which leads into the pod's network");
    }
    return pod;
  }
}
