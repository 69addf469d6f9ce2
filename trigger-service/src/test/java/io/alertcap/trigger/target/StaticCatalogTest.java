package io.alertcap.trigger.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.foundation.config.InvalidConfiguration;
import io.alertcap.schemas.Target;
import io.alertcap.trigger.target.CatalogAnswer.Found;
import io.alertcap.trigger.target.CatalogAnswer.NoTarget;
import io.alertcap.trigger.target.TargetQuery.ByInstance;
import io.alertcap.trigger.target.TargetQuery.ByNode;
import io.alertcap.trigger.target.TargetQuery.ByPod;
import io.alertcap.trigger.target.TargetQuery.BySelector;
import io.alertcap.trigger.target.TargetQuery.ByService;
import io.alertcap.trigger.target.TargetQuery.ByWorkload;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StaticCatalogTest {

  private final StaticCatalog catalog = Catalogs.cluster();

  @Test
  void findsAPodByItsName() {
    assertThat(found(new ByPod("shop", "web-0")))
        .containsExactly(
            new Target(
                "shop",
                "web-0",
                Optional.empty(),
                Optional.of("fd00::7"),
                "node1",
                Optional.of("web"),
                Optional.empty(),
                Optional.empty(),
                Optional.of("/run/netns/web"),
                false));
    assertThat(catalog.find(new ByPod("kube-system", "web-0")))
        .isEqualTo(new NoTarget("namespace kube-system has no pod web-0"));
  }

  @Test
  void takesTheFirstContainer() {
    assertThat(found(new ByPod("shop", "web-1")))
        .extracting(Target::pid)
        .containsExactly(Optional.of(4711L));
  }

  @ParameterizedTest
  @CsvSource({
    "172.20.1.195, coredns-85578f88b8-n2t6g",
    "fd00::7, web-0",
    "FD00:0:0:0:0:0:0:7, web-0",
    "fd00:0000::0.0.0.7, web-0",
  })
  void findsAPodByItsAddressHoweverWritten(String host, String pod) {
    assertThat(found(new ByInstance(host))).extracting(Target::pod).containsExactly(pod);
  }

  @ParameterizedTest
  @CsvSource({
    "172.20.1.1, no pod has the address 172.20.1.1",
    "node1, node1 is no IP address",
    "localhost, localhost is no IP address",
    "300.1.1.1, 300.1.1.1 is no IP address",
    "1.2.3, 1.2.3 is no IP address",
    "0x7f.1, 0x7f.1 is no IP address",
    "127.0.0.01, 127.0.0.01 is no IP address",
    "1::2::3, 1::2::3 is no IP address",
    "fe80::1%eth0, fe80::1%eth0 is no IP address",
    "::gg, ::gg is no IP address",
  })
  void asksNoNameServer(String host, String reason) {
    assertThat(catalog.find(new ByInstance(host))).isEqualTo(new NoTarget(reason));
  }

  @Test
  void findsAllPodsOfASelectorInItsNamespaceOnly() {
    LabelSelector dns = LabelSelector.parse("k8s-app=kube-dns");

    assertThat(found(new BySelector("kube-system", dns))).hasSize(3);
    assertThat(catalog.find(new BySelector("shop", dns)))
        .isEqualTo(new NoTarget("namespace shop has no pod with k8s-app in (kube-dns)"));
  }

  @Test
  void saysWhatItDoesNotKnow() {
    assertThat(
            List.of(
                new ByNode("node1"),
                new ByService("shop", "web"),
                new ByWorkload("shop", "deployment", "web")))
        .extracting(catalog::find)
        .containsExactly(
            new NoTarget("the static catalog does not know nodes"),
            new NoTarget("the static catalog does not know services"),
            new NoTarget("the static catalog does not know workloads"));
  }

  @ParameterizedTest
  @CsvSource({
    "172.20.1.195, kube-system/coredns-85578f88b8-n2t6g",
    "FD00:0:0:0:0:0:0:7, shop/web-0",
    "10.0.0.1, node1",
  })
  void namesAnAddressByItsPodOrTheNodeThatItIsOf(String address, String name) {
    assertThat(catalog.namesOf(address)).containsExactly(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"172.20.1.1", "node1", "", "localhost"})
  void hasNoNameForWhatItDoesNotKnow(String address) {
    assertThat(catalog.namesOf(address)).isEmpty();
  }

  @Test
  void anEmptyListIsACatalogWithoutPods() {
    StaticCatalog empty = StaticCatalog.read(ConfigurationSource.text("targets.yaml", ""));

    assertThat(empty.find(new ByPod("a", "b"))).isInstanceOf(NoTarget.class);
  }

  @Test
  void namesEveryErrorOfTheFileWithItsLine() {
    String yaml =
        """
        - { namespace: shop, pod: web-0, node: node1, containers: [{ pid: 1 }] }
        - namespace: Shop
          pod: web-1
          node: node1
          containers: [{ pid: 1 }]
        - namespace: shop
          pod: web-2
          node: node1
        - namespace: shop
          pod: web-3
          node: node1
          containers:
            - name: web
              containerId: 1234
            - pid: 1
              netns: /run/netns/web
        - { namespace: shop, pod: web-0, node: node2, containers: [{ pid: 1 }] }
        - { namespace: shop, pod: web-4, containers: [{ pid: many }], hostnetwork: true }
        """;
    InvalidConfiguration invalid =
        catchThrowableOfType(
            InvalidConfiguration.class,
            () -> StaticCatalog.read(ConfigurationSource.text("targets.yaml", yaml)));

    assertThat(invalid.problems())
        .containsExactlyInAnyOrder(
            "targets.yaml:2: [1].namespace: must be a DNS label",
            "targets.yaml:6: [2].containers: is missing, which leads into the pod's network",
            "targets.yaml:14: [3].containers[0].containerId: must be like containerd:// and 64"
                + " hexadecimal digits",
            "targets.yaml:15: [3].containers[1].containerId: or pid or netns, and only one of them,"
                + " or podUid must be given",
            "targets.yaml:17: [4]: pod web-0 of namespace shop is listed twice",
            "targets.yaml:18: [5].node: is missing",
            "targets.yaml:18: [5].containers[0].pid: must be a whole number",
            "targets.yaml:18: [5].hostnetwork: unknown key; did you mean \"hostNetwork\"?");
  }

  private List<Target> found(TargetQuery query) {
    CatalogAnswer answer = catalog.find(query);
    assertThat(answer).isInstanceOf(Found.class);
    return ((Found) answer)
        .candidates().stream()
            .map(candidate -> candidate.target(Optional.empty()).orElseThrow())
            .toList();
  }
}
