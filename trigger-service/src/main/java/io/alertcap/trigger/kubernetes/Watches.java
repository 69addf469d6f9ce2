package io.alertcap.trigger.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.AnyNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Begins to follow all that a view of the cluster is made of: {@link RequiredAccess#CATALOG}. */
final class Watches {

  private final KubernetesClient client;
  private final List<String> namespaces;
  private final MeterRegistry meters;
  private final List<Watch> started = new ArrayList<>();

  private Watches(KubernetesClient client, List<String> namespaces, MeterRegistry meters) {
    this.client = client;
    this.namespaces = namespaces;
    this.meters = meters;
  }

  /**
   * Does not wait for the API server.
   *
   * @param namespaces to look at; all where there is none
   */
  static List<Watch> start(
      KubernetesClient client, List<String> namespaces, ClusterView view, MeterRegistry meters) {
    Watches watches = new Watches(client, namespaces, meters);
    watches.everywhere("nodes", client.nodes(), NodeIndex::read, Node::new, view.nodes());
    watches.everywhere(
        "namespaces", client.namespaces(), NamespaceIndex::read, Namespace::new, view.namespaces());
    watches.pods(view);
    watches.workloads(view);
    watches.services(view);
    return watches.started;
  }

  private void pods(ClusterView view) {
    inNamespaces("pods", client.pods(), PodReader::read, Pod::new, view.pods());
  }

  private void workloads(ClusterView view) {
    inNamespaces(
        "replicasets",
        client.apps().replicaSets(),
        OwnerIndex.reader("replicaset"),
        ReplicaSet::new,
        view.owners());
    inNamespaces(
        "jobs", client.batch().v1().jobs(), OwnerIndex.reader("job"), Job::new, view.owners());
  }

  private void services(ClusterView view) {
    inNamespaces("services", client.services(), ServiceIndex::read, Service::new, view.services());
    inNamespaces(
        "endpointslices",
        client.discovery().v1().endpointSlices(),
        EndpointIndex::read,
        EndpointSlice::new,
        view.endpoints());
  }

  private <T extends HasMetadata, E> void inNamespaces(
      String resource,
      MixedOperation<T, ?, ?> objects,
      Function<T, E> reader,
      Supplier<T> blank,
      Index<E> index) {
    if (namespaces.isEmpty()) {
      everywhere(resource, objects.inAnyNamespace(), reader, blank, index);
      return;
    }
    List<CompactStore<T, E>> stores = new ArrayList<>();
    for (String namespace : namespaces) {
      CompactStore<T, E> store = new CompactStore<>(reader, blank, index);
      stores.add(store);
      started.add(
          Watch.start(
              resource + " of namespace " + namespace,
              objects.inNamespace(namespace),
              store,
              failures(resource)::increment));
    }
    count(resource, stores);
  }

  private <T extends HasMetadata, E> void everywhere(
      String resource,
      AnyNamespaceOperation<T, ?, ?> objects,
      Function<T, E> reader,
      Supplier<T> blank,
      Index<E> index) {
    CompactStore<T, E> store = new CompactStore<>(reader, blank, index);
    started.add(Watch.start(resource, objects, store, failures(resource)::increment));
    count(resource, List.of(store));
  }

  private Counter failures(String resource) {
    return Counter.builder("alertcap.catalog.failures")
        .description("Lists and watches that the API server refused or broke off")
        .tag("resource", resource)
        .register(meters);
  }

  private void count(String resource, List<? extends CompactStore<?, ?>> stores) {
    Gauge.builder(
            "alertcap.catalog.objects",
            stores,
            all -> all.stream().mapToInt(CompactStore::size).sum())
        .description("Objects of the cluster that the catalog knows")
        .tag("resource", resource)
        .strongReference(true)
        .register(meters);
  }
}
