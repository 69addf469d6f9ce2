package io.alertcap.capturer.policy;

import static io.alertcap.schemas.FailureCode.BUDGET_EXCEEDED;
import static io.alertcap.schemas.FailureCode.HOST_NETWORK_DENIED;
import static io.alertcap.schemas.FailureCode.POLICY_DENIED;

import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import io.alertcap.foundation.policy.DeniedNamespaces;
import io.alertcap.foundation.policy.NamespacePattern;
import io.alertcap.foundation.signature.VerifyingKey;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureSpec;
import io.alertcap.schemas.DataSize;
import io.alertcap.schemas.DurationText;
import io.alertcap.schemas.Failure;
import io.alertcap.schemas.FailureCode;
import io.alertcap.schemas.PayloadProfile;
import io.alertcap.schemas.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The {@code policy} section.
 *
 * @param allowedNamespaces Kubernetes namespaces whose pods may be captured; empty for all
 * @param deniedNamespaces never captured, allowed or not
 * @param allowHostNetwork whether the network namespace of the node itself may be captured
 * @param allowPid whether a command may name a bare PID
 * @param netnsDirectories the only directories in which a command may name a network namespace
 * @param requireKnownPod whether nothing is captured but what the node itself knows to be the
 *     commanded pod's
 * @param commandKeys by one of which a command has to be signed; empty where none need be
 * @param maxConcurrent captures at a time
 * @param maxBytesPerHour no capture begins once so much was captured within an hour
 * @param maxDuration longest capture
 * @param maxFileSize largest {@code maxBytes} of a capture
 * @param maxBuffer largest {@code buffer} that a capture may ask for
 * @param maxBufferTotal of all captures that run at a time: memory of the kernel
 * @param payload how much of each packet may leave the node, at most
 * @param headersOnlyNamespaces of whose pods no payload leaves the node, DNS included
 */
public record NodePolicy(
    List<NamespacePattern> allowedNamespaces,
    List<NamespacePattern> deniedNamespaces,
    boolean allowHostNetwork,
    boolean allowPid,
    List<Path> netnsDirectories,
    boolean requireKnownPod,
    List<VerifyingKey> commandKeys,
    int maxConcurrent,
    DataSize maxBytesPerHour,
    Duration maxDuration,
    DataSize maxFileSize,
    DataSize maxBuffer,
    DataSize maxBufferTotal,
    PayloadProfile payload,
    List<NamespacePattern> headersOnlyNamespaces) {

  /** Each has three threads and a ring in the kernel. */
  private static final int MOST_CONCURRENT = 256;

  private static final DataSize LARGEST_BUFFERS = DataSize.ofGibibytes(64);

  /** What holds where the configuration says nothing. */
  public static final NodePolicy STANDARD =
      new NodePolicy(
          List.of(),
          List.of(),
          false,
          false,
          List.of(Path.of("/run/netns"), Path.of("/var/run/netns")),
          false,
          List.of(),
          8,
          DataSize.ofGibibytes(10),
          Duration.ofMinutes(10),
          DataSize.ofGibibytes(1),
          CaptureSpec.MAX_BUFFER,
          DataSize.ofMebibytes(512),
          PayloadProfile.FULL,
          List.of());

  public NodePolicy {
    allowedNamespaces = List.copyOf(allowedNamespaces);
    deniedNamespaces = List.copyOf(deniedNamespaces);
    netnsDirectories = List.copyOf(netnsDirectories);
    commandKeys = List.copyOf(commandKeys);
    headersOnlyNamespaces = List.copyOf(headersOnlyNamespaces);
  }

  /** Reads the section, in which the trigger service may have keys of its own. */
  public static Setting<NodePolicy> from(Section policy) {
    Setting<List<NamespacePattern>> allowed =
        policy.list("allowedNamespaces", NamespacePattern::new).orElse(List.of());
    Setting<List<NamespacePattern>> denied = DeniedNamespaces.from(policy);
    Setting<Boolean> hostNetwork =
        policy.bool("allowHostNetwork").orElse(STANDARD.allowHostNetwork);
    Setting<Boolean> pid = policy.bool("allowPid").orElse(STANDARD.allowPid);
    Setting<List<Path>> directories =
        policy.list("netnsDirectories", NodePolicy::absolutePath).orElse(STANDARD.netnsDirectories);
    Setting<Boolean> knownPod = policy.bool("requireKnownPod").orElse(STANDARD.requireKnownPod);
    Setting<List<VerifyingKey>> commandKeys =
        policy.list("commandKeys", VerifyingKey::parse).orElse(List.of());
    Setting<Integer> concurrent =
        policy.integer("maxConcurrent").between(1, MOST_CONCURRENT).orElse(STANDARD.maxConcurrent);
    Setting<DataSize> bytesPerHour =
        policy.size("maxBytesPerHour").orElse(STANDARD.maxBytesPerHour);
    Setting<Duration> duration =
        policy
            .duration("maxDuration")
            .between(CaptureSpec.MIN_DURATION, CaptureSpec.MAX_DURATION)
            .orElse(STANDARD.maxDuration);
    Setting<DataSize> fileSize =
        policy
            .size("maxFileSize")
            .between(CaptureSpec.MIN_BYTES, CaptureSpec.MAX_BYTES)
            .orElse(STANDARD.maxFileSize);
    Setting<DataSize> buffer =
        policy
            .size("maxBuffer")
            .between(CaptureSpec.MIN_BUFFER, CaptureSpec.MAX_BUFFER)
            .orElse(STANDARD.maxBuffer);
    Setting<DataSize> buffers =
        policy
            .size("maxBufferTotal")
            .between(CaptureSpec.MIN_BUFFER, LARGEST_BUFFERS)
            .orElse(STANDARD.maxBufferTotal);
    Setting<PayloadProfile> payload =
        policy.oneOf("payload", PayloadProfile.class).orElse(STANDARD.payload);
    Setting<List<NamespacePattern>> headersOnly =
        policy.list("headersOnlyNamespaces", NamespacePattern::new).orElse(List.of());
    return policy.build(() ->
        new NodePolicy(
            allowed.get(),
            denied.get(),
            hostNetwork.get(),
            pid.get(),
            directories.get(),
            knownPod.get(),
            commandKeys.get(),
            concurrent.get(),
            bytesPerHour.get(),
            duration.get(),
            fileSize.get(),
            buffer.get(),
            buffers.get(),
            payload.get(),
            headersOnly.get()));
  }

  /** Whether no payload of this namespace's pods may leave the node. */
  public boolean holdsToHeaders(String namespace) {
    return headersOnlyNamespaces.stream().anyMatch(pattern -> pattern.matches(namespace));
  }

  private static Path absolutePath(String text) {
    Path path = Path.of(text);
    if (!path.isAbsolute()) {
      throw new IllegalArgumentException("must be an absolute path");
    }
    return path;
  }

  /** Why this is not to be captured on this node, if it is not. */
  public Optional<Failure> objection(CaptureRequest request) {
    return objection(request.target()).or(() -> objection(request.capture()));
  }

  private Optional<Failure> objection(Target target) {
    if (matches(deniedNamespaces, target)) {
      return failure(
          POLICY_DENIED,
          "The namespace %s is in policy.deniedNamespaces of this node."
              .formatted(target.namespace()));
    }
    if (!allowedNamespaces.isEmpty() && !matches(allowedNamespaces, target)) {
      return failure(
          POLICY_DENIED,
          "The namespace %s is not in policy.allowedNamespaces of this node."
              .formatted(target.namespace()));
    }
    if (target.hostNetwork() && !allowHostNetwork) {
      return failure(
          HOST_NETWORK_DENIED,
          "The pod %s/%s shares the network of the node: set policy.allowHostNetwork: true in the node's configuration to allow capturing it."
              .formatted(target.namespace(), target.pod()));
    }
    if (target.pid().isPresent() && !allowPid) {
      return failure(
          POLICY_DENIED,
          "The target is the bare PID %d: set policy.allowPid: true in the node's configuration to allow that."
              .formatted(target.pid().get()));
    }
    return Optional.empty();
  }

  private Optional<Failure> objection(CaptureSpec spec) {
    if (spec.duration().compareTo(maxDuration) > 0) {
      return failure(
          BUDGET_EXCEEDED,
          "The duration %s is longer than policy.maxDuration of this node, %s."
              .formatted(DurationText.format(spec.duration()), DurationText.format(maxDuration)));
    }
    if (spec.maxBytes().compareTo(maxFileSize) > 0) {
      return failure(
          BUDGET_EXCEEDED,
          "maxBytes %s is more than policy.maxFileSize of this node, %s."
              .formatted(spec.maxBytes(), maxFileSize));
    }
    Optional<DataSize> buffer = spec.buffer().filter(it -> it.compareTo(maxBuffer) > 0);
    if (buffer.isPresent()) {
      return failure(
          BUDGET_EXCEEDED,
          "buffer %s is more than policy.maxBuffer of this node, %s."
              .formatted(buffer.get(), maxBuffer));
    }
    return Optional.empty();
  }

  private static Optional<Failure> failure(FailureCode code, String message) {
    return Optional.of(new Failure(code, message));
  }

  private static boolean matches(List<NamespacePattern> patterns, Target target) {
    return patterns.stream().anyMatch(pattern -> pattern.matches(target.namespace()));
  }
}
