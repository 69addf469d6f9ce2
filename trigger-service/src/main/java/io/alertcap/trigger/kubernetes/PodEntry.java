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
 * @param resting its containers that do not run now, as between two starts
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
    List<String> resting,
    Optional<String> absence,
    boolean ended,
    boolean optedOut) {

  /**
   * A container that runs.
   *
   * @param id with its runtime: {@code containerd://…}
   */
  record Running(String name, String id) {}

  /**
   * By any container, or by the one of this name; where none runs, or this one does not, by the
   * pod's UID.
   */
  Optional<Target> target(Optional<String> container) {
    return running.stream()
        .filter(one -> container.isEmpty() || container.get().equals(one.name))
        .findFirst()
        .map(one -> target(Optional.of(one.name), Optional.of(one.id)))
        .or(() ->
            rests(container)
                ? Optional.of(target(Optional.empty(), Optional.empty()))
                : Optional.empty());
  }

  private boolean rests(Optional<String> container) {
    return container.map(resting::contains).orElseGet(running::isEmpty);
  }

  private Target target(Optional<String> container, Optional<String> containerId) {
    return new Target(
        name.namespace(),
        name.name(),
        Optional.of(uid),
        addresses.stream().findFirst(),
        node,
        container,
        containerId,
        Optional.empty(),
        Optional.empty(),
        hostNetwork);
  }
}
