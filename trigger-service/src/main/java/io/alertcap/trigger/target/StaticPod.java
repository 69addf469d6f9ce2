package io.alertcap.trigger.target;

import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import io.alertcap.schemas.InvalidField;
import io.alertcap.schemas.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One entry of a static catalog's file.
 *
 * @param ways into its network, one for each container, or only the node's; at least one
 */
record StaticPod(List<Target> ways, Map<String, String> labels, Optional<String> optOut)
    implements Candidate {

  StaticPod {
    ways = List.copyOf(ways);
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
    Setting<Map<String, String>> annotations = section.textMap("annotations").orElse(Map.of());
    return section.build(() -> {
      List<Target> ways = ways(pod.get(), containers.get(), hostNetwork.get());
      return new StaticPod(ways, labels.get(), optOut(ways.getFirst(), annotations.get()));
    });
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

  private static List<Target> ways(Target pod, List<Target> containers, boolean hostNetwork) {
    if (!containers.isEmpty()) {
      return containers;
    }
    if (!hostNetwork) {
      throw new InvalidField("containers", "is missing, which leads into the pod's network");
    }
    return List.of(pod);
  }

  private static Optional<String> optOut(Target pod, Map<String, String> annotations) {
    return OptOut.isIn(annotations)
        ? Optional.of(OptOut.of("pod " + pod.namespace() + "/" + pod.pod()))
        : Optional.empty();
  }

  @Override
  public String namespace() {
    return ways.getFirst().namespace();
  }

  @Override
  public String pod() {
    return ways.getFirst().pod();
  }

  @Override
  public String node() {
    return ways.getFirst().node();
  }

  @Override
  public boolean hostNetwork() {
    return ways.getFirst().hostNetwork();
  }

  @Override
  public List<String> addresses() {
    return ways.getFirst().podIp().flatMap(IpAddresses::canonical).stream().toList();
  }

  /** Any container will do: all of a pod share its network namespace. */
  @Override
  public Optional<Target> target(Optional<String> container) {
    return ways.stream()
        .filter(way -> container.isEmpty() || way.container().equals(container))
        .findFirst();
  }
}
