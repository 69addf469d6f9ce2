package io.alertcap.foundation.log;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs {@link Chatter} in a process of its own: streams and environment are what is at stake. */
class LogbackTest {

  private Path out;
  private Path err;

  @BeforeEach
  void files(@TempDir Path directory) {
    out = directory.resolve("out");
    err = directory.resolve("err");
  }

  private List<String> stderr(Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Chatter.class.getName())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("ALERTCAP_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(60, SECONDS)).isTrue();
    assertThat(out).content().isEqualToNormalizingNewlines("result\n");
    return Files.readAllLines(err);
  }

  @Test
  void writesTextForPeople() throws IOException, InterruptedException {
    String when = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z ";

    List<String> lines = stderr(Map.of());

    assertThat(lines.get(0))
        .matches(when + "INFO  \\[main] Chatter: alert says hello ERROR forged");
    assertThat(lines.get(1))
        .matches(
            when
                + "WARN  \\[main] Chatter \\[c-1]: capture \"ends\" packets=7"
                + " path=\"/a \\\\\"b\\\\\" \"");
    assertThat(lines.get(2)).matches(when + "ERROR \\[main] Chatter: broken");
    assertThat(lines.get(3)).isEqualTo("java.lang.IllegalStateException: why");
    assertThat(lines.get(4)).startsWith("\tat ");
    assertThat(lines.getLast()).endsWith("request: worth knowing");
    assertThat(lines).noneMatch(line -> line.contains("chatter"));
  }

  @Test
  void writesJsonForMachines() throws IOException, InterruptedException {
    JsonMapper json = JsonMapper.builder().build();

    List<JsonNode> lines =
        stderr(Map.of("ALERTCAP_LOG_FORMAT", "json")).stream().map(json::readTree).toList();

    assertThat(lines).hasSize(4);
    JsonNode warning = lines.get(1);
    assertThat(Instant.parse(warning.get("@timestamp").asString()))
        .isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
    assertThat(warning.get("log.level").asString()).isEqualTo("WARN");
    assertThat(warning.get("message").asString()).isEqualTo("capture \"ends\"");
    assertThat(warning.get("log.logger").asString()).isEqualTo(Chatter.class.getName());
    assertThat(warning.get("process.thread.name").asString()).isEqualTo("main");
    assertThat(warning.get("service.name").asString()).isEqualTo("alertcap-chatter");
    assertThat(warning.get("captureId").asString()).isEqualTo("c-1");
    assertThat(warning.get("packets").asString()).isEqualTo("7");
    assertThat(warning.get("path").asString()).isEqualTo("/a \"b\"\n");
    assertThat(lines.getFirst().propertyNames()).doesNotContain("captureId", "mdc");
    assertThat(lines.get(2).get("error.type").asString())
        .isEqualTo("java.lang.IllegalStateException");
    assertThat(lines.get(2).get("error.message").asString()).isEqualTo("why");
    assertThat(lines.get(2).get("error.stack_trace").asString()).contains("\tat ");
    assertThat(err).content().contains("\"path\":\"/a ");
  }

  @Test
  void writesAsMuchAsIsAskedFor() throws IOException, InterruptedException {
    assertThat(stderr(Map.of("ALERTCAP_LOG_LEVEL", "debug")).getFirst())
        .endsWith("Chatter: details");
    assertThat(stderr(Map.of("ALERTCAP_LOG_LEVEL", "ERROR")).getFirst()).endsWith("broken");
  }

  @Test
  void isNotSilencedByAMistake() throws IOException, InterruptedException {
    assertThat(stderr(Map.of("ALERTCAP_LOG_FORMAT", "xml", "ALERTCAP_LOG_LEVEL", "loud")))
        .anyMatch(line -> line.endsWith("Chatter: broken"));
  }
}
