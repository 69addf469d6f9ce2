package io.alertcap.trigger.kubernetes;

import io.alertcap.schemas.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept of a pod.
 *
 * @param node empty while it is not scheduled
 * @param addresses in canonical form
 * @param running its containers that run, each of which leads into its network
 * @param absence why it cannot be captured, as a clause without a subject: "has completed"
 * @param ended whether its addresses may be another's by now
 * @param optedOut by its own annotation
 */
record PodEntry(
    Name name,
    String uid,
    String node,
    boolean hostNetwork,
    List<String> addresses,
    Map<String, String> labels,
    Optional<Owner> owner,
    List<Running> running,
    Optional<String> absence,
    boolean ended,
    boolean optedOut) {

  /**
   * A container that runs.
   *
   * @param id with its runtime: {@code containerd://…}
   */
  record Running(String name, String id) {}

  /** By any container, or by the one of this name. */
  Optional<Target> target(Optional<String> container) {
    return running.stream()
        .filter(one -> container.isEmpty() || container.get().equals(one.name))
        .findFirst()
        .map(one ->
            new Target(
                name.namespace(),
                name.name(),
                Optional.of(uid),
                addresses.stream().findFirst(),
                node,
                Optional.of(one.name),
                Optional.of(one.id),
                Optional.empty(),
                Optional.empty(),
                hostNetwork));
  }
}
