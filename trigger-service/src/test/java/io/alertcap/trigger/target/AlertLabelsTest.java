package io.alertcap.trigger.target;

import static io.alertcap.trigger.target.TargetKind.NODE;
import static io.alertcap.trigger.target.TargetKind.SERVICE;
import static io.alertcap.trigger.target.TargetKind.WORKLOAD;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.trigger.target.TargetQuery.ByInstance;
import io.alertcap.trigger.target.TargetQuery.ByNode;
import io.alertcap.trigger.target.TargetQuery.ByService;
import io.alertcap.trigger.target.TargetQuery.ByWorkload;
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

  private static Optional<TargetQuery> asked(TargetKind kind, Map<String, String> labels) {
    TargetSelection selection =
        new TargetSelection(
            List.of(kind), Optional.empty(), Optional.empty(), Optional.empty(), List.of(), 1);
    return new AlertLabels(labels, selection).query(kind);
  }
}
