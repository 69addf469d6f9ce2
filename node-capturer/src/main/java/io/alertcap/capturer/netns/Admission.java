package io.alertcap.capturer.netns;

/** What came of opening a target's network namespace. */
public sealed interface Admission {

  /** The namespace is open and proved to be the target's. The receiver closes it. */
  record Granted(NetworkNamespace namespace) implements Admission {}

  /** The process ended, before or while its namespace was opened. */
  record Gone(String reason) implements Admission {}

  /** The target lives in the host's own namespace, and that was not allowed. */
  record HostNetworkDenied(NamespaceIdentity host) implements Admission {}

  /** Which namespace is the host's cannot be told, so that none can be proved not to be it. */
  record HostUnknown(String reason) implements Admission {}

  /** The capturer itself lacks a capability. */
  record PermissionDenied(Capability missing, String reason) implements Admission {}

  /** The target names something that the node's policy does not let be opened. */
  record Refused(String reason) implements Admission {}

  /** The kernel refused for a reason that no setting explains. */
  record Failed(String reason) implements Admission {}
}
