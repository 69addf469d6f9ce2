package io.alertcap.trigger.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.trigger.target.LabelSelector;
import io.alertcap.trigger.target.TargetQuery;
import io.alertcap.trigger.target.TargetQuery.ByInstance;
import io.alertcap.trigger.target.TargetQuery.ByPod;
import io.alertcap.trigger.target.TargetQuery.BySelector;
import io.alertcap.trigger.target.TargetQuery.ByService;
import io.alertcap.trigger.target.TargetQuery.ByWorkload;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** 10,000 pods of 500 deployments in 50 namespaces on 200 nodes, as the API server writes them. */
final class ClusterSizeTest {

  private static final int PODS = 10_000;
  private static final int WORKLOADS = 500;
  private static final int NODES = 200;
  private static final int NAMESPACES = 50;
  private static final long MOST_BYTES = 64L << 20;
  private static final Duration MEDIAN = Duration.ofMillis(5);

  private final KubernetesSerialization json = new KubernetesSerialization();
  private final ClusterView view = new ClusterView();

  /** Held to the end, as the informers hold them. */
  private final CompactStore<Pod, PodEntry> pods =
      new CompactStore<>(PodReader::read, Pod::new, view.pods());

  private final CompactStore<ReplicaSet, OwnerIndex.Owned> replicaSets =
      new CompactStore<>(OwnerIndex.reader("replicaset"), ReplicaSet::new, view.owners());
  private final CompactStore<EndpointSlice, EndpointIndex.Slice> slices =
      new CompactStore<>(EndpointIndex::read, EndpointSlice::new, view.endpoints());
  private final CompactStore<Node, NodeIndex.NodeEntry> nodes =
      new CompactStore<>(NodeIndex::read, Node::new, view.nodes());

  @Test
  void tenThousandPodsFitInto64MebibytesAndAreFoundWithin5Milliseconds() {
    fill(1);
    long before = usedHeap();
    fill(PODS);
    long bytes = usedHeap() - before;

    long[] nanos = new long[1000];
    ClusterQuestions questions = new ClusterQuestions(view);
    for (int i = 0; i < 3 * nanos.length; i++) {
      TargetQuery query = query(i * 7919 % PODS, i % 5);
      long start = System.nanoTime();
      var unused = questions.find(query);
      nanos[i % nanos.length] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);

    System.err.printf(
        "%d pods: %.1f MiB; found in %d µs (median), %d µs (99 %%)%n",
        view.pods().size(), bytes / 1048576.0, nanos[500] / 1000, nanos[990] / 1000);
    assertThat(view.pods().size()).isEqualTo(PODS);
    assertThat(bytes).isLessThan(MOST_BYTES);
    assertThat(Duration.ofNanos(nanos[500])).isLessThan(MEDIAN);
  }

  private TargetQuery query(int pod, int kind) {
    int workload = pod % WORKLOADS;
    String namespace = namespace(workload);
    return switch (kind) {
      case 0 -> new ByPod(namespace, podName(pod));
      case 1 -> new ByInstance(address(pod));
      case 2 -> new ByWorkload(namespace, "deployment", "service-" + workload);
      case 3 -> new ByService(namespace, "service-" + workload);
      default -> new BySelector(namespace, LabelSelector.parse("app=service-" + workload));
    };
  }

  private void fill(int count) {
    for (int i = 0; i < Math.min(count, NODES); i++) {
      put(nodes, Node.class, NODE.replace("{node}", "node-" + i));
    }
    for (int i = 0; i < Math.min(count, WORKLOADS); i++) {
      put(replicaSets, ReplicaSet.class, workload(REPLICA_SET, i));
      put(slices, EndpointSlice.class, workload(SLICE, i).replace("{endpoints}", endpoints(i)));
    }
    for (int i = 0; i < count; i++) {
      put(pods, Pod.class, pod(i));
    }
  }

  private <T extends io.fabric8.kubernetes.api.model.HasMetadata> void put(
      CompactStore<T, ?> store, Class<T> type, String text) {
    T object = json.unmarshal(text, type);
    var unused = store.put(store.getKey(object), object);
  }

  private static String pod(int i) {
    return workload(POD, i % WORKLOADS)
        .replace("{pod}", podName(i))
        .replace("{node}", "node-" + i % NODES)
        .replace("{address}", address(i))
        .replace("{uid}", "7d0f4c1e-2b3a-4c5d-9e8f-%012x".formatted(i))
        .replace("{id}", "%064x".formatted(i * 31L))
        .replace("{id2}", "%064x".formatted(i * 37L));
  }

  private static String workload(String template, int i) {
    return template.replace("{namespace}", namespace(i)).replace("{name}", "service-" + i);
  }

  private static String endpoints(int workload) {
    StringBuilder endpoints = new StringBuilder();
    for (int i = workload; i < PODS; i += WORKLOADS) {
      endpoints
          .append(endpoints.isEmpty() ? "" : ",")
          .append(
              """
              {"addresses":["%s"],"targetRef":{"kind":"Pod","name":"%s"}}\
              """
                  .formatted(address(i), podName(i)));
    }
    return endpoints.toString();
  }

  private static String namespace(int workload) {
    return "team-" + workload % NAMESPACES;
  }

  private static String podName(int i) {
    return "service-%d-7c9f8d5b64-%05d".formatted(i % WORKLOADS, i);
  }

  private static String address(int i) {
    return "10.%d.%d.%d".formatted(1 + i / 65536, i / 256 % 256, i % 256);
  }

  private static long usedHeap() {
    WeakReference<Object> marker = new WeakReference<>(new Object());
    while (marker.get() != null) {
      System.gc();
    }
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static final String NODE =
      """
      {"kind":"Node","apiVersion":"v1","metadata":{"name":"{node}"},
       "status":{"addresses":[{"type":"InternalIP","address":"192.0.2.1"},
        {"type":"Hostname","address":"{node}"}]}}
      """;

  private static final String REPLICA_SET =
      """
      {"kind":"ReplicaSet","apiVersion":"apps/v1","metadata":{"name":"{name}-7c9f8d5b64",
       "namespace":"{namespace}","ownerReferences":[{"apiVersion":"apps/v1","kind":"Deployment",
       "name":"{name}","uid":"u","controller":true}]}}
      """;

  private static final String SLICE =
      """
      {"kind":"EndpointSlice","apiVersion":"discovery.k8s.io/v1","addressType":"IPv4",
       "metadata":{"name":"{name}-x7x2k","namespace":"{namespace}",
       "labels":{"kubernetes.io/service-name":"{name}"}},"endpoints":[{endpoints}]}
      """;

  private static final String POD =
      """
      {"kind":"Pod","apiVersion":"v1","metadata":{"name":"{pod}","namespace":"{namespace}",
       "uid":"{uid}","resourceVersion":"123456","annotations":{"prometheus.io/scrape":"true",
       "kubectl.kubernetes.io/restartedAt":"2026-11-22T10:00:00Z"},
       "labels":{"app":"{name}","app.kubernetes.io/name":"{name}","app.kubernetes.io/part-of":"shop",
        "app.kubernetes.io/managed-by":"Helm","app.kubernetes.io/version":"1.42.0",
        "helm.sh/chart":"{name}-1.42.0","pod-template-hash":"7c9f8d5b64","team":"{namespace}"},
       "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"{name}-7c9f8d5b64",
        "uid":"u","controller":true,"blockOwnerDeletion":true}]},
       "spec":{"nodeName":"{node}","serviceAccountName":"{name}","containers":[{"name":"app",
        "image":"registry.example.org/{name}:1.42.0"},{"name":"proxy","image":"proxy:1"}]},
       "status":{"phase":"Running","podIP":"{address}","podIPs":[{"ip":"{address}"}],
        "containerStatuses":[{"name":"app","containerID":"containerd://{id}",
         "state":{"running":{"startedAt":"2026-11-22T10:00:00Z"}}},
         {"name":"proxy","containerID":"containerd://{id2}",
         "state":{"running":{"startedAt":"2026-11-22T10:00:00Z"}}}]}}
      """;
}
