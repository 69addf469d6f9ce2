package io.alertcap.trigger.target;

import static io.alertcap.trigger.target.TargetKind.NODE;
import static io.alertcap.trigger.target.TargetKind.POD;
import static io.alertcap.trigger.target.TargetKind.SERVICE;
import static io.alertcap.trigger.target.TargetKind.WORKLOAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.schemas.Target;
import io.alertcap.trigger.target.TargetQuery.ByInstance;
import io.alertcap.trigger.target.TargetQuery.ByNode;
import io.alertcap.trigger.target.TargetQuery.ByPod;
import io.alertcap.trigger.target.TargetQuery.ByService;
import io.alertcap.trigger.target.TargetQuery.ByWorkload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AlertLabelsTest {

  @ParameterizedTest
  @CsvSource({
    "172.20.1.195:9153, 172.20.1.195",
    "172.20.1.195, 172.20.1.195",
    "[fd00::7]:9153, fd00::7",
    "fd00::7, fd00::7",
    "worker-3.example.org:9100, worker-3.example.org",
  })
  void readsTheHostOfAnInstance(String instance, String host) {
    assertThat(asked(TargetKind.INSTANCE, Map.of("instance", instance)))
        .contains(new ByInstance(host));
  }

  @Test
  void readsTheLabelsOfKubeStateMetrics() {
    Map<String, String> labels =
        Map.of(
            "namespace",
            "shop",
            "deployment",
            "web",
            "node",
            "n1",
            "replicaset",
            "web-85578f88b8",
            "service",
            "web");

    assertThat(asked(WORKLOAD, labels)).contains(new ByWorkload("shop", "deployment", "web"));
    assertThat(asked(WORKLOAD, Map.of("namespace", "shop", "job_name", "backup", "job", "ksm")))
        .contains(new ByWorkload("shop", "job", "backup"));
    assertThat(asked(WORKLOAD, Map.of("namespace", "shop", "job", "ksm"))).isEmpty();
    assertThat(asked(SERVICE, labels)).contains(new ByService("shop", "web"));
    assertThat(asked(NODE, labels)).contains(new ByNode("n1"));
  }

  /** kube-state-metrics, scraped without honorLabels. */
  private static final Map<String, String> EXPORTED =
      Map.of(
          "namespace",
          "monitoring",
          "pod",
          "kube-state-metrics-0",
          "service",
          "kube-state-metrics",
          "instance",
          "10.0.0.9:8080",
          "exported_namespace",
          "shop",
          "exported_pod",
          "web-0",
          "deployment",
          "web",
          "node",
          "n1");

  @Test
  void takesThePodThatAnExporterSpeaksOfAndNeverTheExporter() {
    assertThat(asked(POD, EXPORTED)).contains(new ByPod("shop", "web-0"));
    assertThat(asked(TargetKind.INSTANCE, EXPORTED)).isEmpty();
    assertThat(asked(SERVICE, EXPORTED)).isEmpty();
    assertThat(asked(WORKLOAD, EXPORTED)).contains(new ByWorkload("shop", "deployment", "web"));
    assertThat(asked(NODE, EXPORTED)).contains(new ByNode("n1"));
    assertThat(asked(POD, without(EXPORTED, "exported_namespace"))).isEmpty();
    assertThat(asked(POD, without(EXPORTED, "exported_pod"))).isEmpty();
    assertThat(asked(TargetKind.INSTANCE, without(EXPORTED, "exported_pod"))).isEmpty();
  }

  @Test
  void takesTheInstanceThatAGatewaySpeaksOf() {
    Map<String, String> pushed =
        Map.of("instance", "pushgateway:9091", "exported_instance", "10.0.0.7", "pod", "gateway");

    assertThat(asked(TargetKind.INSTANCE, pushed)).contains(new ByInstance("10.0.0.7"));
    assertThat(asked(POD, pushed)).isEmpty();
  }

  @Test
  void readsTheLabelsThatTheRuleNames() {
    Map<String, String> labels =
        Map.of(
            "client_pod",
            "web-0",
            "client_ns",
            "shop",
            "kubernetes_node",
            "n2",
            "namespace",
            "kube-system",
            "pod",
            "coredns-1",
            "instance",
            "10.0.0.9:8080");
    String client = "labels: { pod: client_pod, namespace: client_ns }";

    assertThat(asked(POD, client, labels)).contains(new ByPod("shop", "web-0"));
    assertThat(asked(TargetKind.INSTANCE, client, labels)).isEmpty();
    assertThat(asked(POD, "labels: { pod: client_pod }, namespace: shop", labels))
        .contains(new ByPod("shop", "web-0"));
    assertThat(asked(NODE, "labels: { node: kubernetes_node }", labels)).contains(new ByNode("n2"));
    assertThat(asked(POD, "labels: { node: kubernetes_node }", labels))
        .contains(new ByPod("kube-system", "coredns-1"));
    assertThat(
            asked(POD, "labels: { pod: pod, namespace: namespace, instance: instance }", EXPORTED))
        .contains(new ByPod("monitoring", "kube-state-metrics-0"));
  }

  @Test
  void saysWhichLabelsAreMissing() {
    assertThat(alert(selection(POD, ""), without(EXPORTED, "exported_namespace")).lacking(POD))
        .isEqualTo("the alert lacks the labels exported_namespace and exported_pod");
    assertThat(
            alert(selection(TargetKind.INSTANCE, "labels: { pod: p, namespace: n }"), EXPORTED)
                .lacking(TargetKind.INSTANCE))
        .isEqualTo("the alert lacks the label (none: target.labels of the rule does not name it)");
  }

  /** Preferring what the alert names is the same question as finding it. */
  @Test
  void ranksTheNamedPodFirst() {
    Candidate web = pod("shop", "web-0", "10.0.0.1");
    Candidate exporter = pod("monitoring", "kube-state-metrics-0", "10.0.0.9");

    AlertLabels alert = alert(selection(POD, ""), EXPORTED);

    assertThat(alert.rank(web)).isZero();
    assertThat(alert.rank(exporter)).isEqualTo(2);
  }

  @Test
  void refusesAPodWithoutItsNamespace() {
    assertThatThrownBy(() -> selection(POD, "labels: { pod: client_pod }"))
        .hasMessageContaining("labels: names the label of the pod, and not that of its namespace");
    assertThatThrownBy(() -> selection(POD, "labels: { pod: ' ' }"))
        .hasMessageContaining("labels.pod: must be the name of a label");
    assertThatThrownBy(() -> selection(POD, "labels: { pods: x }"))
        .hasMessageContaining("labels.pods: unknown key");
  }

  private static Candidate pod(String namespace, String name, String address) {
    Target way =
        new Target(
            namespace,
            name,
            Optional.empty(),
            Optional.of(address),
            "n1",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true);
    return new StaticPod(List.of(way), Map.of(), Optional.empty());
  }

  private static Map<String, String> without(Map<String, String> labels, String label) {
    Map<String, String> rest = new HashMap<>(labels);
    rest.remove(label);
    return rest;
  }

  private static Optional<TargetQuery> asked(TargetKind kind, Map<String, String> labels) {
    return asked(kind, "", labels);
  }

  private static Optional<TargetQuery> asked(
      TargetKind kind, String target, Map<String, String> labels) {
    return alert(selection(kind, target), labels).query(kind);
  }

  private static AlertLabels alert(TargetSelection selection, Map<String, String> labels) {
    return new AlertLabels(labels, selection);
  }

  private static TargetSelection selection(TargetKind kind, String target) {
    return ConfigurationSource.text("target.yaml", "{ from: [" + kind + "], " + target + " }")
        .read(TargetSelection::from)
        .settings();
  }
}
