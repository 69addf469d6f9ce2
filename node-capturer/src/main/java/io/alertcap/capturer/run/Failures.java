package io.alertcap.capturer.run;

import io.alertcap.capturer.capture.TapOpening;
import io.alertcap.capturer.container.ProcessLookup;
import io.alertcap.capturer.netns.Admission;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.Failure;
import io.alertcap.schemas.FailureCode;
import io.alertcap.schemas.Target;
import java.time.Instant;
import java.util.Optional;

/**
 * What every outcome that is not a capture is called outside, and what to do about it. The one
 * place where outcomes become failure codes.
 */
final class Failures {

  private Failures() {}

  static Failure notFound(Target target) {
    return new Failure(
        FailureCode.CONTAINER_NOT_FOUND,
        "No process of %s runs on the node %s: it was removed, or it runs elsewhere. Check that node.procRoot and node.cgroupRoot show the host's."
            .formatted(target(target), target.node()));
  }

  static Failure of(ProcessLookup.Exited outcome, Target target) {
    return new Failure(
        FailureCode.CONTAINER_EXITED,
        "The container %s has exited: its cgroup %s is empty, and nothing else of its pod runs on the node %s."
            .formatted(target.containerId().orElseThrow(), outcome.cgroup(), target.node()));
  }

  static Failure noProcessOnHost(String podCgroup, Target target) {
    return new Failure(
        FailureCode.NO_PROCESS_ON_HOST,
        "The pod %s/%s runs in a virtual machine (Kata Containers or the like, cgroup %s), whose network namespace is not on the node: it cannot be captured from here."
            .formatted(target.namespace(), target.pod(), podCgroup));
  }

  /** What was looked for until the command expired. */
  static Failure inTheEnd(Failure failure, int tries) {
    return new Failure(
        failure.code(),
        "%s It was looked for %d times, until the command expired."
            .formatted(failure.message(), tries));
  }

  /**
   * Whether it may come yet, as a container does that starts again; a PID may be another's then.
   */
  static boolean mayCome(Failure failure, Target target) {
    return target.pid().isEmpty()
        && (failure.code() == FailureCode.CONTAINER_NOT_FOUND
            || failure.code() == FailureCode.CONTAINER_EXITED);
  }

  static Failure of(Admission.Gone outcome, Target target) {
    FailureCode code =
        target.netns().isPresent() ? FailureCode.CONTAINER_NOT_FOUND : FailureCode.CONTAINER_EXITED;
    return new Failure(code, outcome.reason());
  }

  static Failure of(Admission.HostNetworkDenied outcome, Target target) {
    return new Failure(
        FailureCode.HOST_NETWORK_DENIED,
        (target.hostNetwork()
                ? "The pod %s/%s shares the network of the node (%s): set policy.allowHostNetwork: true to allow capturing it."
                : "The process behind %s/%s is in the network namespace of the node (%s), though its pod is not said to be: it was not captured.")
            .formatted(target.namespace(), target.pod(), outcome.host()));
  }

  static Failure of(Admission.HostUnknown outcome) {
    return new Failure(FailureCode.PERMISSION_DENIED, outcome.reason());
  }

  static Failure of(Admission.PermissionDenied outcome) {
    return new Failure(FailureCode.PERMISSION_DENIED, outcome.reason());
  }

  static Failure of(Admission.Refused outcome) {
    return new Failure(FailureCode.POLICY_DENIED, outcome.reason());
  }

  static Failure of(Admission.Failed outcome) {
    return new Failure(FailureCode.INTERNAL, outcome.reason());
  }

  static Failure of(TapOpening.InterfaceNotFound outcome) {
    return new Failure(
        FailureCode.INTERFACE_NOT_FOUND,
        "%s The pod's interfaces are %s."
            .formatted(outcome.reason(), String.join(", ", outcome.existing())));
  }

  static Failure of(TapOpening.InvalidFilter outcome) {
    return new Failure(
        FailureCode.INVALID_FILTER,
        "%s. The language of filters is pcap-filter(7).".formatted(outcome.reason()));
  }

  static Failure of(TapOpening.PermissionDenied outcome) {
    return new Failure(FailureCode.PERMISSION_DENIED, outcome.reason());
  }

  static Failure of(TapOpening.Failed outcome) {
    return new Failure(FailureCode.INTERNAL, outcome.reason());
  }

  /** What a value of the command is refused for, before anything is tried with it. */
  static Failure invalid(FailureCode code, IllegalArgumentException problem) {
    return new Failure(code, String.valueOf(problem.getMessage()));
  }

  static Failure diskFull(String shortage) {
    return new Failure(FailureCode.DISK_FULL, shortage);
  }

  static Failure internal(String what, Object reason) {
    return new Failure(
        FailureCode.INTERNAL,
        "%s: %s. The log of the capturer may say more.".formatted(what, reason));
  }

  static CaptureEvent.Expired expired(CaptureRequest request, Instant now) {
    Failure failure =
        new Failure(
            FailureCode.EXPIRED,
            "The command was to be begun by %s, and is %d s late: packets from now would not show what the alert was about."
                .formatted(
                    request.expiresAt(),
                    now.getEpochSecond() - request.expiresAt().getEpochSecond()));
    return new CaptureEvent.Expired(request, now, failure);
  }

  /** Rejected is what the node would not do, failed what it could not. */
  static CaptureEvent event(CaptureRequest request, Instant at, Failure failure) {
    return switch (failure.code()) {
      case HOST_NETWORK_DENIED, INVALID_COMMAND, POLICY_DENIED, BUDGET_EXCEEDED ->
          new CaptureEvent.Rejected(request.id(), Optional.of(request), at, failure);
      case EXPIRED, NODE_SILENT -> new CaptureEvent.Expired(request, at, failure);
      case CONTAINER_NOT_FOUND,
          CONTAINER_EXITED,
          NO_PROCESS_ON_HOST,
          INTERFACE_NOT_FOUND,
          INVALID_FILTER,
          PERMISSION_DENIED,
          DISK_FULL,
          UPLOAD_FAILED,
          INTERNAL,
          UNKNOWN ->
          new CaptureEvent.Failed(request, at, failure, Optional.empty());
    };
  }

  private static String target(Target target) {
    return target
        .containerId()
        .map(id -> "the container " + id)
        .orElseGet(() -> "the pod " + target.namespace() + "/" + target.pod());
  }
}
