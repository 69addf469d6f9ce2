package io.alertcap.trigger.kubernetes;

/** All that is kept of a cluster. */
record ClusterView(
    PodIndex pods,
    OwnerIndex owners,
    NodeIndex nodes,
    ServiceIndex services,
    EndpointIndex endpoints,
    NamespaceIndex namespaces) {

  ClusterView() {
    this(
        new PodIndex(),
        new OwnerIndex(),
        new NodeIndex(),
        new ServiceIndex(),
        new EndpointIndex(),
        new NamespaceIndex());
  }
}
