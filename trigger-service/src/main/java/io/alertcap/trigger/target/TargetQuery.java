package io.alertcap.trigger.target;

/** What a catalog is asked: one kind of target, with what the alert and the rule say about it. */
public sealed interface TargetQuery {

  /** The pod of that name. */
  record ByPod(String namespace, String pod) implements TargetQuery {}

  /**
   * The pod of that address, or the node of that address or name.
   *
   * @param host of the label {@code instance}, without its port: an address or a name
   */
  record ByInstance(String host) implements TargetQuery {}

  /**
   * The pods of a workload.
   *
   * @param workload in lower case: deployment, statefulset, daemonset, replicaset, job, cronjob
   */
  record ByWorkload(String namespace, String workload, String name) implements TargetQuery {}

  /** The pods behind a service. */
  record ByService(String namespace, String service) implements TargetQuery {}

  /** The pods of a namespace that have these labels. */
  record BySelector(String namespace, LabelSelector selector) implements TargetQuery {}

  /** The node itself. */
  record ByNode(String node) implements TargetQuery {}
}
