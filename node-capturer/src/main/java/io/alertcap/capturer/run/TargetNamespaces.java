package io.alertcap.capturer.run;

import io.alertcap.capturer.container.ContainerId;
import io.alertcap.capturer.container.ContainerProcess;
import io.alertcap.capturer.container.ContainerProcesses;
import io.alertcap.capturer.container.PodLookup;
import io.alertcap.capturer.container.ProcessLookup;
import io.alertcap.capturer.netns.Admission;
import io.alertcap.capturer.netns.NamespaceDoor;
import io.alertcap.capturer.netns.NamespaceOwners;
import io.alertcap.capturer.netns.NetworkNamespace;
import io.alertcap.capturer.policy.NodePolicy;
import io.alertcap.schemas.Failure;
import io.alertcap.schemas.FailureCode;
import io.alertcap.schemas.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** From a target, by whichever way it names, to its network namespace. Thread-safe. */
public final class TargetNamespaces {

  /** A hostNetwork target without a container is the node itself: the namespace of its init. */
  private static final int INIT = 1;

  private final ContainerProcesses processes;
  private final NamespaceDoor door;
  private final OwnerCheck owner;
  private final boolean hostNetworkAllowed;

  /**
   * @param owners who say whose a namespace is, whatever the command says
   * @param policy whether the node's own namespace may be opened, for a target that says it is its
   *     own, and one of which nobody can say whose it is
   */
  public TargetNamespaces(
      ContainerProcesses processes, NamespaceDoor door, NamespaceOwners owners, NodePolicy policy) {
    this.processes = processes;
    this.door = door;
    this.owner = new OwnerCheck(owners, policy.requireKnownPod());
    this.hostNetworkAllowed = policy.allowHostNetwork();
  }

  /** What came of opening. */
  sealed interface Opening {
    /**
     * The receiver closes it.
     *
     * @param isTargetPresent whether the target still is in it; for one thread
     */
    record Open(NetworkNamespace namespace, BooleanSupplier isTargetPresent) implements Opening {}

    record Closed(Failure failure) implements Opening {}
  }

  Opening open(Target target) {
    boolean hostNetwork = hostNetworkAllowed && target.hostNetwork();
    if (target.containerId().isPresent()) {
      return openContainer(target, target.containerId().get(), hostNetwork);
    }
    if (target.netns().isPresent()) {
      Path path = Path.of(target.netns().get());
      return opened(
          door.openPath(path, hostNetwork),
          target,
          OptionalInt.empty(),
          namespace -> door.mount(namespace, path));
    }
    if (target.pid().isEmpty() && target.podUid().isPresent()) {
      return openPod(target, Failures.notFound(target), hostNetwork);
    }
    int pid = target.pid().map(Math::toIntExact).orElse(INIT);
    return opened(door.openPid(pid, hostNetwork), target, pid);
  }

  private Opening openContainer(Target target, String containerId, boolean hostNetwork) {
    try {
      ContainerId container = ContainerId.parse(containerId);
      return switch (processes.find(container, target.podUid())) {
        case ProcessLookup.Found found ->
            opened(door.open(found.process(), hostNetwork), target, found.process().pid());
        case ProcessLookup.NotFound outcome ->
            openPod(target, Failures.notFound(target), hostNetwork);
        case ProcessLookup.Exited outcome ->
            openPod(target, Failures.of(outcome, target), hostNetwork);
        case ProcessLookup.NoProcessOnHost outcome ->
            new Opening.Closed(Failures.noProcessOnHost(outcome.podCgroup(), target));
      };
    } catch (IllegalArgumentException noContainerId) {
      return new Opening.Closed(Failures.invalid(FailureCode.INVALID_COMMAND, noContainerId));
    }
  }

  /**
   * By whatever runs in the pod: its sandbox holds the network, whichever containers come and go.
   *
   * @param otherwise what it is called if nothing of it runs, or its UID is not known
   */
  private Opening openPod(Target target, Failure otherwise, boolean hostNetwork) {
    if (target.podUid().isEmpty()) {
      return new Opening.Closed(otherwise);
    }
    return switch (processes.findPod(target.podUid().get())) {
      case PodLookup.Found(List<ContainerProcess> ofPod) ->
          opened(door.openPod(ofPod, hostNetwork), target, ofPod.getFirst().pid());
      case PodLookup.NotFound outcome -> new Opening.Closed(otherwise);
      case PodLookup.NoProcessOnHost(String podCgroup) ->
          new Opening.Closed(Failures.noProcessOnHost(podCgroup, target));
    };
  }

  private Opening opened(Admission admission, Target target, int pid) {
    return opened(
        admission, target, OptionalInt.of(pid), namespace -> door.inhabitants(namespace, pid));
  }

  private Opening opened(
      Admission admission,
      Target target,
      OptionalInt pid,
      Function<NetworkNamespace, BooleanSupplier> presence) {
    return switch (owner.examine(admission, target, pid)) {
      case Admission.Granted(NetworkNamespace namespace) ->
          new Opening.Open(namespace, presence.apply(namespace));
      case Admission.Gone outcome -> new Opening.Closed(Failures.of(outcome, target));
      case Admission.HostNetworkDenied outcome -> new Opening.Closed(Failures.of(outcome, target));
      case Admission.HostUnknown outcome -> new Opening.Closed(Failures.of(outcome));
      case Admission.PermissionDenied outcome -> new Opening.Closed(Failures.of(outcome));
      case Admission.Refused outcome -> new Opening.Closed(Failures.of(outcome));
      case Admission.Failed outcome -> new Opening.Closed(Failures.of(outcome));
    };
  }
}
