package io.alertcap.foundation.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a process says of its start, where its log is read by machines: each line is JSON. */
@Timeout(60)
class AnnouncementsTest {

  @TempDir Path directory;

  @Test
  void isReadyInJson() throws Exception {
    Process process = start("json", "--config", config());
    try {
      JsonNode ready = firstLine(process);

      assertThat(ready.get("message").asString()).isEqualTo("ready: announcer http://127.0.0.1:1");
      assertThat(ready.get("service.name").asString()).isEqualTo("alertcap-announcer");
    } finally {
      assertThat(process.destroyForcibly().waitFor(20, SECONDS)).isTrue();
    }
  }

  @Test
  void saysInJsonWhyItDoesNotStart() throws Exception {
    Process failing = start("json", "--config", config(), "--fail");
    Process misled = start("json", "--config", config(), "--fial");

    assertThat(firstLine(failing).get("message").asString())
        .isEqualTo("announcer cannot be started: the port is taken");
    assertThat(failing.waitFor()).isEqualTo(1);
    assertThat(firstLine(misled).get("message").asString()).contains("--fial");
    assertThat(misled.waitFor()).isEqualTo(2);
  }

  @Test
  void isReadyInTextForPeopleAndScripts() throws Exception {
    Process process = start("text", "--config", config());
    try (BufferedReader out = process.inputReader(UTF_8)) {
      assertThat(out.readLine()).isEqualTo("ready: announcer http://127.0.0.1:1");
    } finally {
      assertThat(process.destroyForcibly().waitFor(20, SECONDS)).isTrue();
    }
  }

  private String config() throws IOException {
    return Files.writeString(directory.resolve("config.yaml"), "{}").toString();
  }

  private static JsonNode firstLine(Process process) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      return JsonMapper.shared().readTree(Objects.requireNonNull(lines.readLine()));
    }
  }

  /** Both streams in one, as a container's log has them. */
  private static Process start(String format, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Announcer.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("ALERTCAP_"));
    builder.environment().put("ALERTCAP_LOG_FORMAT", format);
    return builder.start();
  }
}
