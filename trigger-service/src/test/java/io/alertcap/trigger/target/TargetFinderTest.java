package io.alertcap.trigger.target;

import static io.alertcap.trigger.target.TargetKind.NODE;
import static io.alertcap.trigger.target.TargetKind.POD;
import static io.alertcap.trigger.target.TargetKind.SELECTOR;
import static io.alertcap.trigger.target.TargetKind.SERVICE;
import static io.alertcap.trigger.target.TargetKind.WORKLOAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.schemas.Target;
import io.alertcap.trigger.target.CatalogAnswer.Found;
import io.alertcap.trigger.target.TargetQuery.ByPod;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TargetFinderTest {

  private static final Map<String, String> LATENCY =
      Map.of(
          "namespace", "kube-system",
          "pod", "coredns-85578f88b8-p1",
          "instance", "172.20.2.91:9153");

  private final TargetFinder finder = new TargetFinder(Catalogs.cluster());

  @Test
  void takesTheFirstKindThatFindsAny() {
    assertThat(names(selection(POD, TargetKind.INSTANCE, SELECTOR), LATENCY))
        .containsExactly("coredns-85578f88b8-p1");
    assertThat(names(selection(NODE, SELECTOR, POD), LATENCY)).hasSize(3);
    assertThat(
            names(
                selection(POD, TargetKind.INSTANCE, SELECTOR),
                Map.of("pod", "gone", "instance", "172.20.1.195:9153")))
        .containsExactly("coredns-85578f88b8-n2t6g");
  }

  @Test
  void namesWhatEachKindLacked() {
    Map<String, String> labels =
        Map.of("namespace", "shop", "pod", "gone", "instance", "node1:9100", "node", "");

    assertThat(finder.find(selection(POD, TargetKind.INSTANCE, NODE, SERVICE, WORKLOAD), labels))
        .isEqualTo(
            new TargetAnswer.NoTarget(
                "pod: namespace shop has no pod gone; instance: node1 is no IP address;"
                    + " node: the alert lacks the label node;"
                    + " service: the alert lacks the labels namespace and service;"
                    + " workload: the alert lacks the label namespace and one of a workload,"
                    + " such as deployment"));
  }

  @Test
  void aCatalogThatCannotTellEndsTheSearch() {
    TargetFinder blind =
        new TargetFinder(query ->
            query instanceof ByPod
                ? new CatalogAnswer.NoTarget("no")
                : new CatalogAnswer.Unavailable("not connected"));

    assertThat(blind.find(selection(POD, TargetKind.INSTANCE, SELECTOR), LATENCY))
        .isEqualTo(new TargetAnswer.Unavailable("not connected"));
  }

  @Test
  void theRulesNamespaceIsForAlertsWithoutOneAndForTheSelector() {
    TargetSelection inKubeSystem = selection(POD, SELECTOR);

    assertThat(names(inKubeSystem, Map.of("pod", "coredns-85578f88b8-p2")))
        .containsExactly("coredns-85578f88b8-p2");
    assertThat(names(inKubeSystem, Map.of("namespace", "shop", "pod", "web-1")))
        .containsExactly("web-1");
    assertThat(names(inKubeSystem, Map.of("namespace", "shop", "pod", "web-7"))).hasSize(3);
  }

  @Test
  void aSelectorWithoutANamespaceIsForTheAlerts() {
    TargetSelection anywhere =
        new TargetSelection(
            List.of(SELECTOR),
            Optional.empty(),
            Optional.of(LabelSelector.parse("k8s-app")),
            TargetLabels.STANDARD,
            Optional.empty(),
            List.of(),
            9);

    assertThat(names(anywhere, Map.of("namespace", "kube-system"))).hasSize(3);
    assertThat(finder.find(anywhere, Map.of())).isInstanceOf(TargetAnswer.NoTarget.class);
  }

  @Test
  void prefersThePodsThatTheAlertNames() {
    assertThat(names(most(1, SELECTOR), LATENCY)).containsExactly("coredns-85578f88b8-p1");
    assertThat(names(most(1, SELECTOR), Map.of("instance", "172.20.2.92:9153")))
        .containsExactly("coredns-85578f88b8-p2");
    assertThat(names(most(2, SELECTOR), LATENCY))
        .containsExactly("coredns-85578f88b8-p1", "coredns-85578f88b8-n2t6g");
  }

  @Test
  void spreadsOverNodesTheSameWayEachTime() {
    List<StaticPod> pods = new ArrayList<>();
    IntStream.range(0, 60).forEach(i -> pods.add(pod("web-" + i, "node" + i % 7 % 3)));
    Random random = new Random(7);
    TargetFinder shuffled =
        new TargetFinder(query -> {
          Collections.shuffle(pods, random);
          return new Found(pods);
        });

    List<Target> once = targets(shuffled, most(9, SELECTOR), Map.of());

    assertThat(once).extracting(Target::node).filteredOn("node2"::equals).hasSize(3);
    assertThat(once).extracting(Target::node).startsWith("node0", "node1", "node2");
    assertThat(targets(shuffled, most(9, SELECTOR), Map.of())).isEqualTo(once);
  }

  @Test
  void capturesTheNetworkOfANodeOnlyOnce() {
    assertThat(names(selection(TargetKind.INSTANCE), Map.of("instance", "10.0.0.1:9100")))
        .containsExactly("proxy-a");
    assertThat(
            names(
                selection(TargetKind.INSTANCE),
                Map.of("instance", "10.0.0.1:9100", "namespace", "kube-system", "pod", "proxy-b")))
        .containsExactly("proxy-b");
  }

  @Test
  void passesOverThePodsThatTheRuleExcludes() {
    assertThat(names("from: [selector], selector: k8s-app, exclude: [{ pod: '*-p2' }]", LATENCY))
        .containsExactly("coredns-85578f88b8-p1", "coredns-85578f88b8-n2t6g");
    assertThat(
            names(
                "from: [selector], selector: k8s-app, exclude: [{ selector: app=proxy }]", LATENCY))
        .hasSize(3);
    assertThat(
            finder.find(read("from: [pod, instance], exclude: [{ namespace: kube-* }]"), LATENCY))
        .isEqualTo(
            new TargetAnswer.NoTarget(
                "pod: the rule excludes kube-system/coredns-85578f88b8-p1;"
                    + " instance: the rule excludes kube-system/coredns-85578f88b8-p1"));
  }

  @Test
  void excludesOnlyWhatHasEverythingThatIsNamed() {
    assertThat(names("from: [pod], exclude: [{ namespace: shop, pod: coredns-* }]", LATENCY))
        .containsExactly("coredns-85578f88b8-p1");
  }

  @Test
  void entersThePodByTheContainerThatTheRuleNames() {
    TargetFinder pods =
        new TargetFinder(
            StaticCatalog.read(
                ConfigurationSource.text(
                    "targets.yaml",
                    """
                    - { namespace: shop, pod: web-0, node: n1,
                        containers: [{ name: proxy, pid: 1 }, { name: web, pid: 2 }] }
                    """)));
    Map<String, String> labels = Map.of("namespace", "shop", "pod", "web-0");

    assertThat(targets(pods, read("container: web"), labels))
        .extracting(Target::pid)
        .containsExactly(Optional.of(2L));
    assertThat(pods.find(read("from: [pod], container: db"), labels))
        .isEqualTo(new TargetAnswer.NoTarget("pod: no container db runs in shop/web-0"));
  }

  @Test
  void takesTheNextInPlaceOfOneThatOptedOut() {
    TargetFinder pods =
        new TargetFinder(
            StaticCatalog.read(
                ConfigurationSource.text(
                    "targets.yaml",
                    """
                    - { namespace: shop, pod: a, node: n1, labels: { app: web },
                        containers: [{ pid: 1 }], annotations: { alertcap.io/capture: disabled } }
                    - { namespace: shop, pod: b, node: n1, labels: { app: web },
                        containers: [{ pid: 2 }], annotations: { alertcap.io/capture: enabled } }
                    """)));
    TargetSelection one = read("from: [selector], selector: app=web, maxTargets: 1");

    TargetAnswer.Found found = (TargetAnswer.Found) pods.find(one, Map.of("namespace", "shop"));

    assertThat(found.targets()).extracting(Target::pod).containsExactly("b");
    assertThat(found.optedOut())
        .extracting(TargetAnswer.OptedOut::objection)
        .containsExactly("pod shop/a opted out by its annotation alertcap.io/capture");
  }

  @Test
  void refusesAnExclusionOfEverything() {
    assertThatThrownBy(() -> read("exclude: [{}]"))
        .hasMessageContaining("exclude[0]: must have a namespace, a pod or a selector");
  }

  private static TargetSelection selection(TargetKind... kinds) {
    return most(9, kinds);
  }

  private static TargetSelection most(int maxTargets, TargetKind... kinds) {
    List<TargetKind> from = List.of(kinds);
    return new TargetSelection(
        from,
        Optional.of("kube-system"),
        Optional.of(LabelSelector.parse("k8s-app=kube-dns")).filter(s -> from.contains(SELECTOR)),
        TargetLabels.STANDARD,
        Optional.empty(),
        List.of(),
        maxTargets);
  }

  private List<String> names(TargetSelection selection, Map<String, String> labels) {
    return targets(finder, selection, labels).stream().map(Target::pod).toList();
  }

  private List<String> names(String selection, Map<String, String> labels) {
    return names(read(selection), labels);
  }

  private static TargetSelection read(String selection) {
    return ConfigurationSource.text("target.yaml", "{" + selection + "}")
        .read(TargetSelection::from)
        .settings();
  }

  private static List<Target> targets(
      TargetFinder finder, TargetSelection selection, Map<String, String> labels) {
    TargetAnswer answer = finder.find(selection, labels);
    assertThat(answer).isInstanceOf(TargetAnswer.Found.class);
    return ((TargetAnswer.Found) answer).targets();
  }

  private static StaticPod pod(String name, String node) {
    Target target =
        new Target(
            "shop",
            name,
            Optional.empty(),
            Optional.empty(),
            node,
            Optional.empty(),
            Optional.empty(),
            Optional.of(17L),
            Optional.empty(),
            false);
    return new StaticPod(List.of(target), Map.of(), Optional.empty());
  }
}
