package io.alertcap.trigger.kubernetes;

import static java.util.Objects.requireNonNullElse;

import io.alertcap.trigger.kubernetes.PodEntry.Running;
import io.alertcap.trigger.target.IpAddresses;
import io.alertcap.trigger.target.OptOut;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what is kept of a pod. */
final class PodReader {

  /** The form that a command may carry. */
  private static final Pattern CONTAINER_ID =
      Pattern.compile("[a-z][-a-z0-9.]{0,31}://[0-9a-f]{64}");

  /** On the API server's copy of a static pod, and on nothing else. */
  private static final String MIRROR = "kubernetes.io/config.mirror";

  /** The UID of a static pod on its node, in cgroups, directories and the kubelet's own events. */
  private static final String HASH = "kubernetes.io/config.hash";

  private PodReader() {}

  static PodEntry read(Pod pod) {
    PodSpec spec = requireNonNullElse(pod.getSpec(), new PodSpec());
    PodStatus status = requireNonNullElse(pod.getStatus(), new PodStatus());
    String node = requireNonNullElse(spec.getNodeName(), "").intern();
    String phase = requireNonNullElse(status.getPhase(), "");
    List<Running> running = running(status);
    return new PodEntry(
        Name.of(pod),
        uid(pod),
        node,
        Boolean.TRUE.equals(spec.getHostNetwork()),
        addresses(status),
        labels(pod),
        Owner.controlling(pod),
        running,
        resting(status),
        absence(status, node, running).map(String::intern),
        phase.equals("Succeeded") || phase.equals("Failed"),
        OptOut.isIn(annotations(pod)));
  }

  /** As its node knows it: the API server's copy of a static pod has another. */
  private static String uid(Pod pod) {
    Map<String, String> annotations = annotations(pod);
    return Optional.ofNullable(annotations.get(HASH))
        .filter(hash -> annotations.containsKey(MIRROR))
        .orElseGet(() -> pod.getMetadata().getUid());
  }

  private static Map<String, String> annotations(Pod pod) {
    return requireNonNullElse(pod.getMetadata().getAnnotations(), Map.of());
  }

  /** All of a pod share its network: init containers while they run, and ephemeral ones, too. */
  private static List<Running> running(PodStatus status) {
    return statuses(status)
        .filter(container -> state(container).getRunning() != null)
        .filter(container -> container.getContainerID() != null)
        .filter(container -> CONTAINER_ID.matcher(container.getContainerID()).matches())
        .map(container -> new Running(container.getName().intern(), container.getContainerID()))
        .toList();
  }

  /** Between two starts, as in a crash loop; the pod's sandbox and its network stay. */
  private static List<String> resting(PodStatus status) {
    return Listed.each(status.getContainerStatuses())
        .filter(container -> state(container).getRunning() == null)
        .map(container -> container.getName().intern())
        .toList();
  }

  /**
   * Whether it has a network, though none of its containers need run: it got an address in its
   * sandbox. Where containers run whose IDs say nothing to a node, there is none that a node knows.
   */
  private static boolean hasNetwork(PodStatus status) {
    return !addresses(status).isEmpty()
        && statuses(status).allMatch(container -> state(container).getRunning() == null);
  }

  private static Stream<ContainerStatus> statuses(PodStatus status) {
    return Stream.of(
            Listed.each(status.getContainerStatuses()),
            Listed.each(status.getInitContainerStatuses()),
            Listed.each(status.getEphemeralContainerStatuses()))
        .flatMap(each -> each);
  }

  private static ContainerState state(ContainerStatus container) {
    return requireNonNullElse(container.getState(), new ContainerState());
  }

  private static List<String> addresses(PodStatus status) {
    return Stream.concat(
            Stream.ofNullable(status.getPodIP()),
            Listed.each(status.getPodIPs()).flatMap(ip -> Stream.ofNullable(ip.getIp())))
        .flatMap(address -> IpAddresses.canonical(address).stream())
        .distinct()
        .toList();
  }

  private static Map<String, String> labels(Pod pod) {
    return requireNonNullElse(pod.getMetadata().getLabels(), Map.<String, String>of())
        .entrySet()
        .stream()
        .collect(
            Collectors.toUnmodifiableMap(
                label -> label.getKey().intern(), label -> label.getValue().intern()));
  }

  private static Optional<String> absence(PodStatus status, String node, List<Running> running) {
    Optional<String> reason = Optional.ofNullable(status.getReason());
    String phase = requireNonNullElse(status.getPhase(), "");
    if (phase.equals("Succeeded")) {
      return Optional.of("has completed");
    }
    if (phase.equals("Failed")) {
      return Optional.of(because("has failed", reason));
    }
    if (node.isEmpty()) {
      return Optional.of("is not scheduled to a node yet");
    }
    if (phase.equals("Unknown") || reason.filter("NodeLost"::equals).isPresent()) {
      return Optional.of("is lost: its node does not answer");
    }
    return running.isEmpty() && !hasNetwork(status)
        ? Optional.of(because("has no running container", waiting(status)))
        : Optional.empty();
  }

  private static Optional<String> waiting(PodStatus status) {
    return statuses(status)
        .flatMap(container -> Stream.ofNullable(state(container).getWaiting()))
        .flatMap(waiting -> Stream.ofNullable(waiting.getReason()))
        .findFirst();
  }

  private static String because(String what, Optional<String> reason) {
    return reason.map(text -> what + ": " + text).orElse(what);
  }
}
