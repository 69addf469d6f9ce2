package io.alertcap.trigger.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.foundation.health.Health;
import io.alertcap.schemas.Target;
import io.alertcap.trigger.target.Candidate;
import io.alertcap.trigger.target.CatalogAnswer;
import io.alertcap.trigger.target.CatalogAnswer.Found;
import io.alertcap.trigger.target.CatalogAnswer.NoTarget;
import io.alertcap.trigger.target.LabelSelector;
import io.alertcap.trigger.target.TargetQuery;
import io.alertcap.trigger.target.TargetQuery.ByInstance;
import io.alertcap.trigger.target.TargetQuery.ByNode;
import io.alertcap.trigger.target.TargetQuery.ByPod;
import io.alertcap.trigger.target.TargetQuery.BySelector;
import io.alertcap.trigger.target.TargetQuery.ByService;
import io.alertcap.trigger.target.TargetQuery.ByWorkload;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With the objects of a real cluster. */
final class KubernetesCatalogTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ApiServer server = ApiServer.withFixtures();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final KubernetesCluster cluster = server.open(new Health(), meters, PATIENCE);

  @BeforeEach
  void isKnown() {
    assertThat(cluster.awaitKnown(PATIENCE)).isTrue();
  }

  @AfterEach
  void close() {
    cluster.close();
    server.close();
  }

  @Test
  void findsAPodByItsNameWithAWayIntoIt() {
    Target target = onlyTarget(new ByPod("default", "web"));

    assertThat(target.node()).isEqualTo("node1");
    assertThat(target.podIp()).contains("10.88.0.4");
    assertThat(target.podUid()).isPresent();
    assertThat(target.container()).contains("main");
    assertThat(target.containerId())
        .contains("containerd://881cf8b503c90a70214f8261bb018342991ee667949d2600d0f453307dcc72ec");
    assertThat(target.hostNetwork()).isFalse();
  }

  @Test
  void entersByTheContainerThatIsWanted() {
    Candidate web = candidates(new ByPod("default", "web")).getFirst();

    assertThat(web.target(Optional.of("side")).orElseThrow().containerId())
        .contains("containerd://3a3cd7da73585936bce26efba07fb7771f160d391cd638b8450d2c4ec224ee68");
    assertThat(web.target(Optional.of("none"))).isEmpty();
  }

  @Test
  void findsAPodByItsAddress() {
    assertThat(names(new ByInstance("10.88.0.4"))).containsExactly("default/web");
    assertThat(cluster.catalog().find(new ByInstance("10.88.9.9")))
        .isEqualTo(new NoTarget("no pod or node has the address 10.88.9.9"));
    assertThat(cluster.catalog().find(new ByInstance("host.example.org")))
        .isEqualTo(new NoTarget("no pod or node has the name host.example.org"));
  }

  @Test
  void anAddressOrNameOfANodeIsTheNode() {
    assertThat(names(new ByInstance("192.0.2.2"))).containsExactly("default/nslookup-busybox");
    assertThat(names(new ByInstance("node1"))).containsExactly("default/nslookup-busybox");
    assertThat(onlyTarget(new ByNode("node1")).hostNetwork()).isTrue();
    assertThat(cluster.catalog().find(new ByNode("node2")))
        .isEqualTo(new NoTarget("there is no node node2"));
  }

  @Test
  void aNodeIsEnteredThroughThePodThatIsOnEveryNode() {
    server.add(
        PodSamples.running("kube-system", "a-proxy-1", "node1")
            .editSpec()
            .withHostNetwork(true)
            .endSpec()
            .editMetadata()
            .withOwnerReferences(PodSamples.controller("DaemonSet", "a-proxy"))
            .endMetadata()
            .build());

    await()
        .untilAsserted(
            () -> assertThat(names(new ByNode("node1"))).containsExactly("kube-system/a-proxy-1"));
  }

  @Test
  void aNodeWithoutAPodInItsNetworkSaysWhatToDo() {
    server.delete(server.client().pods().inNamespace("default").withName("nslookup-busybox").get());

    await()
        .untilAsserted(() ->
            assertThat(reason(new ByNode("node1")))
                .startsWith("no pod runs in the network of node node1")
                .endsWith("one of a DaemonSet with hostNetwork: true would do"));
  }

  @Test
  void findsThePodsOfAWorkloadThroughWhoeverOwnsThem() {
    String[] coredns = {
      "kube-system/coredns-89fc6475d-8hctz", "kube-system/coredns-89fc6475d-nkdbt"
    };

    assertThat(names(new ByWorkload("kube-system", "deployment", "coredns")))
        .containsExactlyInAnyOrder(coredns);
    assertThat(names(new ByWorkload("kube-system", "replicaset", "coredns-89fc6475d")))
        .containsExactlyInAnyOrder(coredns);
    assertThat(reason(new ByWorkload("kube-system", "statefulset", "coredns")))
        .isEqualTo("namespace kube-system has no pod of statefulset coredns");
  }

  @Test
  void findsPodsByTheirLabels() {
    LabelSelector dns = LabelSelector.parse("k8s-app=kube-dns");

    assertThat(names(new BySelector("kube-system", dns))).hasSize(2);
    assertThat(cluster.catalog().find(new BySelector("default", dns))).isInstanceOf(NoTarget.class);
  }

  @Test
  void findsThePodsBehindAService() {
    addDnsService();

    await()
        .untilAsserted(() ->
            assertThat(names(new ByService("kube-system", "kube-dns")))
                .containsExactlyInAnyOrder(
                    "kube-system/coredns-89fc6475d-8hctz", "kube-system/coredns-89fc6475d-nkdbt"));
    assertThat(reason(new ByService("kube-system", "none")))
        .isEqualTo("there is no service kube-system/none");
  }

  @Test
  void namesAddresses() {
    addDnsService();

    await()
        .untilAsserted(() ->
            assertThat(cluster.catalog().namesOf("10.88.0.5"))
                .containsExactly("kube-system/coredns-89fc6475d-8hctz", "kube-system/kube-dns"));
    await()
        .untilAsserted(() ->
            assertThat(cluster.catalog().namesOf("10.96.0.10"))
                .containsExactly("kube-system/kube-dns"));
    assertThat(cluster.catalog().namesOf("192.0.2.2")).containsExactly("node1");
    assertThat(cluster.catalog().namesOf("10.88.0.99")).isEmpty();
    assertThat(cluster.catalog().namesOf("default")).isEmpty();
  }

  @Test
  void followsWhatBecomesOfPods() {
    Pod job =
        PodSamples.running("default", "job-1", "node1")
            .editStatus()
            .withPodIP("10.88.0.77")
            .endStatus()
            .build();
    server.add(job);
    await()
        .untilAsserted(
            () -> assertThat(names(new ByInstance("10.88.0.77"))).containsExactly("default/job-1"));

    server.replace(new PodBuilder(job).editStatus().withPhase("Succeeded").endStatus().build());
    await()
        .untilAsserted(() ->
            assertThat(reason(new ByPod("default", "job-1")))
                .isEqualTo("pod default/job-1 has completed"));
    assertThat(reason(new ByInstance("10.88.0.77")))
        .isEqualTo("no pod or node has the address 10.88.0.77");

    server.delete(job);
    await()
        .untilAsserted(() ->
            assertThat(reason(new ByPod("default", "job-1")))
                .isEqualTo("namespace default has no pod job-1"));
  }

  @Test
  void aPodWhoseNodeIsGoneIsLost() {
    server.add(PodSamples.running("default", "lost", "node7").build());

    await()
        .untilAsserted(() ->
            assertThat(reason(new ByPod("default", "lost")))
                .isEqualTo("pod default/lost is lost: there is no node node7"));
  }

  @Test
  void whoeverOptedOutSaysSo() {
    server.add(
        new NamespaceBuilder()
            .withNewMetadata()
            .withName("default")
            .withAnnotations(Map.of("alertcap.io/capture", "disabled"))
            .endMetadata()
            .build());

    await()
        .untilAsserted(() ->
            assertThat(candidates(new ByPod("default", "web")).getFirst().optOut())
                .contains("namespace default opted out by its annotation alertcap.io/capture"));
    assertThat(candidates(new ByPod("kube-system", "coredns-89fc6475d-8hctz")).getFirst().optOut())
        .isEmpty();
  }

  @Test
  void looksOnlyAtTheNamespacesItIsToldTo() {
    try (KubernetesCluster shop =
        server.open(new Health(), new SimpleMeterRegistry(), PATIENCE, "default", "shop")) {
      assertThat(shop.awaitKnown(PATIENCE)).isTrue();

      assertThat(shop.catalog().find(new ByPod("default", "web"))).isInstanceOf(Found.class);
      assertThat(shop.catalog().find(new ByInstance("10.88.0.5"))).isInstanceOf(NoTarget.class);
    }
  }

  @Test
  void countsWhatItKnows() {
    assertThat(meters.get("alertcap.catalog.objects").tag("resource", "pods").gauge().value())
        .isEqualTo(4);
    assertThat(meters.get("alertcap.catalog.stale").gauge().value()).isZero();
  }

  private void addDnsService() {
    server.add(
        new ServiceBuilder()
            .withMetadata(ApiServer.named("kube-system", "kube-dns").build())
            .withNewSpec()
            .withClusterIP("10.96.0.10")
            .endSpec()
            .build());
    server.add(
        new EndpointSliceBuilder()
            .withMetadata(
                ApiServer.named("kube-system", "kube-dns-x1")
                    .addToLabels("kubernetes.io/service-name", "kube-dns")
                    .build())
            .withAddressType("IPv4")
            .addNewEndpoint()
            .withAddresses("10.88.0.5")
            .withNewTargetRef()
            .withKind("Pod")
            .withName("coredns-89fc6475d-8hctz")
            .endTargetRef()
            .endEndpoint()
            .addNewEndpoint()
            .withAddresses("10.88.0.6")
            .endEndpoint()
            .build());
  }

  private Target onlyTarget(TargetQuery query) {
    List<? extends Candidate> found = candidates(query);
    assertThat(found).hasSize(1);
    return found.getFirst().target(Optional.empty()).orElseThrow();
  }

  private List<String> names(TargetQuery query) {
    return candidates(query).stream().map(Candidate::name).toList();
  }

  private List<? extends Candidate> candidates(TargetQuery query) {
    CatalogAnswer answer = cluster.catalog().find(query);
    assertThat(answer).isInstanceOf(Found.class);
    return ((Found) answer).candidates();
  }

  private String reason(TargetQuery query) {
    CatalogAnswer answer = cluster.catalog().find(query);
    assertThat(answer).isInstanceOf(NoTarget.class);
    return ((NoTarget) answer).reason();
  }
}
