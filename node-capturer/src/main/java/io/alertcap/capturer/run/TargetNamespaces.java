package io.alertcap.capturer.run;

import io.alertcap.capturer.container.ContainerId;
import io.alertcap.capturer.container.ContainerProcesses;
import io.alertcap.capturer.container.ProcessLookup;
import io.alertcap.capturer.netns.Admission;
import io.alertcap.capturer.netns.NamespaceDoor;
import io.alertcap.capturer.netns.NetworkNamespace;
import io.alertcap.schemas.Failure;
import io.alertcap.schemas.FailureCode;
import io.alertcap.schemas.Target;
import java.nio.file.Path;

/** From a target, by whichever way it names, to its network namespace. Thread-safe. */
public final class TargetNamespaces {

  /** A hostNetwork target without a container is the node itself: the namespace of its init. */
  private static final int INIT = 1;

  private final ContainerProcesses processes;
  private final NamespaceDoor door;
  private final boolean hostNetworkAllowed;

  /**
   * @param hostNetworkAllowed whether the node's own namespace may be opened, for a target that
   *     says it is its own
   */
  public TargetNamespaces(
      ContainerProcesses processes, NamespaceDoor door, boolean hostNetworkAllowed) {
    this.processes = processes;
    this.door = door;
    this.hostNetworkAllowed = hostNetworkAllowed;
  }

  /** What came of opening. */
  sealed interface Opening {
    /** The receiver closes it. */
    record Open(NetworkNamespace namespace) implements Opening {}

    record Closed(Failure failure) implements Opening {}
  }

  Opening open(Target target) {
    boolean hostNetwork = hostNetworkAllowed && target.hostNetwork();
    if (target.containerId().isPresent()) {
      return openContainer(target, target.containerId().get(), hostNetwork);
    }
    if (target.netns().isPresent()) {
      return opened(door.openPath(Path.of(target.netns().get()), hostNetwork), target);
    }
    int pid = target.pid().map(Math::toIntExact).orElse(INIT);
    return opened(door.openPid(pid, hostNetwork), target);
  }

  private Opening openContainer(Target target, String containerId, boolean hostNetwork) {
    try {
      ContainerId container = ContainerId.parse(containerId);
      return switch (processes.find(container, target.podUid())) {
        case ProcessLookup.Found found -> opened(door.open(found.process(), hostNetwork), target);
        case ProcessLookup.NotFound outcome -> new Opening.Closed(Failures.of(outcome, target));
        case ProcessLookup.Exited outcome -> new Opening.Closed(Failures.of(outcome, target));
        case ProcessLookup.NoProcessOnHost outcome ->
            new Opening.Closed(Failures.of(outcome, target));
      };
    } catch (IllegalArgumentException noContainerId) {
      return new Opening.Closed(Failures.invalid(FailureCode.INVALID_COMMAND, noContainerId));
    }
  }

  private static Opening opened(Admission admission, Target target) {
    return switch (admission) {
      case Admission.Granted granted -> new Opening.Open(granted.namespace());
      case Admission.Gone outcome -> new Opening.Closed(Failures.of(outcome, target));
      case Admission.HostNetworkDenied outcome -> new Opening.Closed(Failures.of(outcome, target));
      case Admission.HostUnknown outcome -> new Opening.Closed(Failures.of(outcome));
      case Admission.PermissionDenied outcome -> new Opening.Closed(Failures.of(outcome));
      case Admission.Refused outcome -> new Opening.Closed(Failures.of(outcome));
      case Admission.Failed outcome -> new Opening.Closed(Failures.of(outcome));
    };
  }
}
