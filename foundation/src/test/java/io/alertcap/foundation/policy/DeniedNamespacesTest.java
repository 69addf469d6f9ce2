package io.alertcap.foundation.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertcap.foundation.config.ConfigurationSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeniedNamespacesTest {

  @TempDir Path directory;

  @Test
  void alertcapsOwnIsOneOfThem() throws IOException {
    Path written = Files.writeString(directory.resolve("namespace"), "watchers\n");

    assertThat(denied("{}", Map.of(), written)).containsExactly("watchers");
    assertThat(denied("{ deniedNamespaces: [team-*] }", Map.of(), written))
        .containsExactly("team-*", "watchers");
    assertThat(
            denied("{}", Map.of("ALERTCAP_OWN_NAMESPACE", "alertcap"), directory.resolve("none")))
        .containsExactly("alertcap");
    assertThat(denied("{ ownNamespace: alertcap }", Map.of(), written)).containsExactly("alertcap");
    assertThat(denied("{}", Map.of(), directory.resolve("none"))).isEmpty();
  }

  @Test
  void anExplicitSettingLetsItBeCaptured() throws IOException {
    Path written = Files.writeString(directory.resolve("namespace"), "alertcap");

    assertThat(denied("{ captureOwnNamespace: true }", Map.of(), written)).isEmpty();
  }

  @Test
  void namesAMistake() {
    assertThatThrownBy(() -> denied("{ ownNamespace: Ä }", Map.of(), directory))
        .hasMessageContaining("ownNamespace");
  }

  private static List<String> denied(
      String policy, Map<String, String> environment, Path ownNamespace) {
    return ConfigurationSource.text("policy.yaml", policy)
        .overriddenBy(environment)
        .read(section -> DeniedNamespaces.from(section, ownNamespace))
        .settings()
        .stream()
        .map(NamespacePattern::glob)
        .toList();
  }
}
