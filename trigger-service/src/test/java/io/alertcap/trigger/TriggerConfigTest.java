package io.alertcap.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.foundation.config.InvalidConfiguration;
import io.alertcap.schemas.DataSize;
import io.alertcap.trigger.access.AuthSettings;
import io.alertcap.trigger.target.Catalogs;
import io.alertcap.trigger.web.HttpSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TriggerConfigTest {

  @TempDir Path directory;

  @Test
  void listensOnLoopbackUnlessToldOtherwise() throws IOException {
    assertThat(read("").http())
        .isEqualTo(
            new HttpSettings(
                "127.0.0.1",
                8080,
                DataSize.ofMebibytes(32),
                new AuthSettings.Open(),
                Optional.empty()));
  }

  @Test
  void readsEverySettingOfTheFront() throws IOException {
    assertThat(read("http: { host: 0.0.0.0, port: 80, auth: none, maxBody: 1MiB }").http())
        .isEqualTo(
            new HttpSettings(
                "0.0.0.0", 80, DataSize.ofMebibytes(1), new AuthSettings.Open(), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "'::'", "192.0.2.1", "'*'"})
  void refusesToBeReachedByOthersUnlessThatIsMeant(String host) {
    assertThatThrownBy(() -> read("http: { host: " + host + " }"))
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessageContaining("http: host ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "'::1'", "127.0.0.2"})
  void asksForNothingOnLoopback(String host) throws IOException {
    assertThat(read("http: { host: " + host + " }").http().port()).isEqualTo(8080);
  }

  @Test
  void canBeOverriddenByTheEnvironment() throws IOException {
    assertThat(
            source("")
                .overriddenBy(Map.of("ALERTCAP_HTTP_PORT", "9999"))
                .read(TriggerConfig::from)
                .settings()
                .http()
                .port())
        .isEqualTo(9999);
  }

  @Test
  void namesTheErrorsOfTheCatalogWithThoseOfTheFile() {
    assertThatThrownBy(
            () -> {
              Path list = Files.writeString(directory.resolve("broken.yaml"), "- { pod: UPPER }");
              ConfigurationSource.text(
                      "trigger.yaml",
                      """
                      kafka: { bootstrapServers: "kafka" }
                      catalog: { type: static, file: %s }
                      """
                          .formatted(list))
                  .read(TriggerConfig::from);
            })
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessageContaining("trigger.yaml:1: kafka.bootstrapServers")
        .hasMessageContaining("trigger.yaml:2: catalog.file: ")
        .hasMessageContaining("broken.yaml:1: ")
        .hasMessageContaining("s3.bucket: is missing");
  }

  private TriggerConfig read(String http) throws IOException {
    return source(http).read(TriggerConfig::from).settings();
  }

  private ConfigurationSource source(String http) throws IOException {
    Path catalog = Files.writeString(directory.resolve("targets.yaml"), Catalogs.CLUSTER);
    return ConfigurationSource.text(
        "trigger.yaml",
        """
        kafka: { bootstrapServers: "kafka:9092" }
        s3: { bucket: captures }
        catalog: { type: static, file: %s }
        %s
        """
            .formatted(catalog, http));
  }
}
