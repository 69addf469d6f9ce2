package io.alertcap.acceptance.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertcap.acceptance.Repository;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Every file, for itself; that the strictness is one; and that no file is forgotten. */
class ManifestsTest {

  static List<Path> manifests() {
    return Repository.files("deploy/kubernetes", ".yaml").stream()
        .filter(file -> Kustomization.resources().contains(file))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void hasOnlyKnownFields(Path file) {
    assertThat(Manifests.parse(Repository.text(file)).all())
        .isNotEmpty()
        .allSatisfy(it -> assertThat(it.getMetadata().getName()).isNotBlank());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          metadata: { name: x, label: {} }     | label
          spec: { finalisers: [] }             | finalisers
          sepc: {}                             | sepc
          """)
  void refusesAMisspeltField(String wrong, String field) {
    assertThatThrownBy(() -> Manifests.parse("apiVersion: v1\nkind: Namespace\n" + wrong))
        .isInstanceOf(UnrecognizedPropertyException.class)
        .hasMessageContaining("\"" + field + "\"");
  }

  @Test
  void refusesAMisspeltFieldOfTheOperators() {
    assertThatThrownBy(() ->
            Manifests.parse(
                """
                apiVersion: monitoring.coreos.com/v1
                kind: PodMonitor
                spec: { podMetricsEndpoints: [{ prot: http }] }
                """))
        .isInstanceOf(UnrecognizedPropertyException.class)
        .hasMessageContaining("\"prot\"");
    assertThat(
            Manifests.parse(
                    """
                    apiVersion: monitoring.coreos.com/v1
                    kind: PodMonitor
                    """)
                .of(PodMonitor.class))
        .hasSize(1);
  }

  @Test
  void refusesAnUnknownKind() {
    assertThatThrownBy(() -> Manifests.parse("apiVersion: apps/v2\nkind: Deployment"))
        .hasMessageContaining("apps/v2 Deployment");
    assertThat(Manifests.parse("apiVersion: v1\nkind: Namespace").of(Namespace.class)).hasSize(1);
  }

  @Test
  void everyFileIsNamedByAKustomizationAndEveryNamedOneIsThere() {
    assertThat(Kustomization.named())
        .containsExactlyInAnyOrderElementsOf(
            Repository.files("deploy/kubernetes", "").stream()
                .filter(file -> file.toFile().isFile())
                .filter(file -> !file.endsWith(Kustomization.FILE))
                .toList());
  }

  @Test
  void thePrometheusRulesAreThoseThatAreTested() {
    List<JsonNode> shipped =
        Kustomization.documents(
            Repository.path(
                "deploy/kubernetes/components/prometheus-operator/prometheus-rules.yaml"));
    List<JsonNode> tested =
        Repository.files("deploy/prometheus", ".rules.yaml").stream()
            .flatMap(file -> Kustomization.documents(file).stream())
            .toList();
    assertThat(shipped).extracting(document -> document.get("spec")).hasSameElementsAs(tested);
  }
}
