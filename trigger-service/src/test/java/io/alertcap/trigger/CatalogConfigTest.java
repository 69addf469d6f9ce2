package io.alertcap.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.foundation.config.InvalidConfiguration;
import io.alertcap.trigger.kubernetes.KubernetesSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CatalogConfigTest {

  private static final String KUBECONFIG =
      """
      apiVersion: v1
      kind: Config
      current-context: lab
      clusters: [{ name: lab, cluster: { server: "https://192.0.2.1:6443" } }]
      contexts: [{ name: lab, context: { cluster: lab, user: me } }]
      users: [{ name: me, user: { token: secret } }]
      """;

  @TempDir Path directory;

  @Test
  void readsEverySettingOfKubernetes() throws IOException {
    Path kubeconfig = Files.writeString(directory.resolve("config"), KUBECONFIG);

    assertThat(
            read(
                """
                type: kubernetes
                kubeconfig: %s
                context: lab
                namespaces: [shop, lab, shop]
                events: false
                """
                    .formatted(kubeconfig)))
        .isEqualTo(
            new CatalogConfig.Kubernetes(
                new KubernetesSettings(
                    Optional.of(kubeconfig), Optional.of("lab"), List.of("lab", "shop"), false)));
  }

  @Test
  void needsNothingButItsTypeInACluster() {
    assertThat(read("type: kubernetes"))
        .isEqualTo(
            new CatalogConfig.Kubernetes(
                new KubernetesSettings(Optional.empty(), Optional.empty(), List.of(), true)));
  }

  @Test
  void namesWhatIsWrongWithItsPath() throws IOException {
    Path broken = Files.writeString(directory.resolve("broken"), "clusters: 7");

    assertThat(problems("{ type: kubernetes, kubeconfig: /nowhere/config }"))
        .containsExactly("trigger.yaml:1: kubeconfig: is no file that can be read");
    assertThat(problems("{ type: kubernetes, context: lab }"))
        .containsExactly("trigger.yaml:1: context: is one of a kubeconfig, which is not given");
    assertThat(problems("{ type: kubernetes, namespaces: ['team-*'] }"))
        .containsExactly(
            "trigger.yaml:1: namespaces: must be names of namespaces, without patterns");
    assertThat(problems("{ type: kubernetes, kubeconfig: " + broken + " }"))
        .singleElement()
        .asString()
        .startsWith("trigger.yaml:1: kubeconfig: cannot be used: ");
    assertThat(problems("{ type: kubernetes, file: targets.yaml }"))
        .singleElement()
        .asString()
        .startsWith("trigger.yaml:1: file: unknown key");
  }

  private static CatalogConfig read(String catalog) {
    return ConfigurationSource.text("trigger.yaml", catalog).read(CatalogConfig::from).settings();
  }

  private static List<String> problems(String catalog) {
    return catchThrowableOfType(InvalidConfiguration.class, () -> read(catalog)).problems();
  }
}
