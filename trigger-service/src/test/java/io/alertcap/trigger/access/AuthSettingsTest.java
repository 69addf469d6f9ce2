package io.alertcap.trigger.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.foundation.config.InvalidConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthSettingsTest {

  @TempDir private Path directory;
  private Path file = Path.of("");

  @BeforeEach
  void writesASecret() throws IOException {
    file = Files.writeString(directory.resolve("secret"), "0123456789abcdef");
  }

  @Test
  void readsEverySetting() {
    assertThat(
            read(
                """
                auth:
                  tokens: [{ name: alertmanager, file: FILE, scopes: [alerts] }]
                  basic: [{ user: oncall, passwordFile: FILE, scopes: [capture, read] }]
                  clientCertificates: [{ commonName: prometheus.example.org, scopes: [read] }]
                """))
        .contains(
            new AuthSettings.Required(
                List.of(new AuthSettings.Token("alertmanager", file, Set.of(Scope.ALERTS))),
                List.of(
                    new AuthSettings.Password("oncall", file, Set.of(Scope.CAPTURE, Scope.READ))),
                List.of(
                    new AuthSettings.Certificate("prometheus.example.org", Set.of(Scope.READ)))));
  }

  @Test
  void tellsNoneFromNothing() {
    assertThat(read("")).isEmpty();
    assertThat(read("auth: none")).contains(new AuthSettings.Open());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "auth: off | auth: must be none, or a section",
        "auth: {} | auth: names nobody",
        "auth: { tokens: [] } | auth: names nobody",
        "auth: { token: x } | auth.token: ",
        "auth: { tokens: [{ name: a, file: FILE, scopes: [] }] } | scopes: must have at least one",
        "auth: { tokens: [{ name: a, file: FILE, scopes: [write] }] } | must be alerts, capture",
        "auth: { tokens: [{ name: a, file: FILE }] } | scopes: is missing",
        "auth: { tokens: [{ name: a, file: /nowhere, scopes: [read] }] } | does not exist",
        "auth: { basic: [{ user: 'a:b', passwordFile: FILE, scopes: [read] }] } | user: must have",
      })
  void saysWhatIsWrong(String yaml, String error) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessageContaining(error);
  }

  @Test
  void refusesOneNameForTwo() {
    assertThatThrownBy(() ->
            read(
                """
                auth:
                  tokens: [{ name: a, file: FILE, scopes: [read] }]
                  basic: [{ user: a, passwordFile: FILE, scopes: [read] }]
                """))
        .hasMessageContaining("auth.basic[0].user: is the name of somebody else above");
  }

  @Test
  void refusesASecretThatCanBeGuessedWithoutShowingIt() throws IOException {
    Files.writeString(file, "hunter2");

    assertThatThrownBy(() -> read("auth: { tokens: [{ name: a, file: FILE, scopes: [read] }] }"))
        .hasMessageContaining("less than 12 characters")
        .hasMessageNotContaining("hunter2");
  }

  private Optional<AuthSettings> read(String yaml) {
    return ConfigurationSource.text("c", yaml.replace("FILE", file.toString()))
        .overriddenBy(Map.of())
        .read(AuthSettings::from)
        .settings();
  }
}
