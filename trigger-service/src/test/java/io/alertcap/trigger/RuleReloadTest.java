package io.alertcap.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.foundation.health.Health;
import io.alertcap.trigger.rule.Rule;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class RuleReloadTest {

  @TempDir Path directory;

  private final Health health = new Health();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Path config = Path.of("");
  private RuleReload reload;

  @BeforeEach
  void starts() throws IOException {
    config = TestConfig.write(directory, "h:1", URI.create("http://h:2"), "bucket", "k", "s");
    reload = start(config);
  }

  @AfterEach
  void stops() {
    reload.close();
  }

  private RuleReload start(Path path) {
    ConfigFile file = ConfigFile.of(ConfigurationSource.file(path));
    TriggerConfig started = file.source().read(file.reader()).settings();
    return RuleReload.start(file, started, health, meters, Duration.ofMillis(50));
  }

  @Test
  void takesAFileThatHasChanged() throws Exception {
    assertThat(reload.current().rules().all()).hasSize(1);

    write(text() + "  - { name: second, match: [a=b] }\n");

    await().until(() -> reload.current().rules().all().size() == 2);
    assertThat(reloads("accepted")).isEqualTo(1);
    assertThat(meters.get("alertcap.rules").gauge().value()).isEqualTo(2);
    assertThat(health.ready().json()).contains("\"rules\":\"ready\"");
  }

  @Test
  void refusesAFileWithAMistakeAndKeepsTheRulesFromBefore() throws Exception {
    write(text().replace("cooldown: 15m", "cooldown: soon"));

    await().until(() -> reloads("refused") == 1);
    assertThat(reload.current().rules().all())
        .extracting(Rule::cooldown)
        .containsExactly(Duration.ofMinutes(15));
    assertThat(meters.get("alertcap.rules.last.reload.successful").gauge().value()).isZero();
    assertThat(health.ready().passing()).isTrue();
    assertThat(health.ready().json()).contains("refused (1 errors, see the log)");

    write(text().replace("cooldown: soon", "cooldown: 1m"));

    await().until(() -> reloads("accepted") == 1);
    assertThat(meters.get("alertcap.rules.last.reload.successful").gauge().value()).isOne();
    assertThat(health.ready().json()).contains("\"rules\":\"ready\"");
  }

  @Test
  void keepsItsRulesWhileTheFileIsGone() throws Exception {
    String before = text();
    Files.delete(config);

    await().until(() -> reloads("refused") == 1);
    assertThat(reload.current().rules().all()).hasSize(1);

    write(before);
    await().until(() -> reloads("accepted") == 1);
  }

  /** As the kubelet does it: a link to a directory is swapped for another. */
  @Test
  void followsTheLinkOfAConfigMap() throws Exception {
    Path first = Files.createDirectory(directory.resolve("..2026_1"));
    Path second = Files.createDirectory(directory.resolve("..2026_2"));
    Files.writeString(first.resolve("trigger.yaml"), text());
    Files.writeString(
        second.resolve("trigger.yaml"), text() + "  - { name: second, match: [a=b] }\n");
    Path data = Files.createSymbolicLink(directory.resolve("..data"), first);
    Path mounted =
        Files.createSymbolicLink(directory.resolve("mounted.yaml"), data.resolve("trigger.yaml"));
    try (RuleReload mountedReload = start(mounted)) {
      Path swapped = Files.createSymbolicLink(directory.resolve("..data_tmp"), second);
      Files.move(swapped, data, StandardCopyOption.ATOMIC_MOVE);

      await().until(() -> mountedReload.current().rules().all().size() == 2);
    }
  }

  @Test
  void readsAtOnceWhenItIsTold() throws Exception {
    write(text() + "policy: { deniedNamespaces: [kube-system] }\n");

    reload.now();

    assertThat(reload.current().policy().denied()).hasSize(1);
  }

  private double reloads(String result) {
    return meters.get("alertcap.rules.reloads").tag("result", result).counter().count();
  }

  private String text() throws IOException {
    return Files.readString(config);
  }

  private void write(String text) throws IOException {
    Files.writeString(config, text);
  }
}
