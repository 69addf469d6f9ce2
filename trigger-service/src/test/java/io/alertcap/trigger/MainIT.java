package io.alertcap.trigger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.testing.KafkaExtension;
import io.alertcap.trigger.web.Http;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The service as a process of its own. */
@Timeout(90)
class MainIT {

  private static final int SIGTERM_STATUS = 128 + 15;

  @RegisterExtension static final KafkaExtension kafka = new KafkaExtension();

  @TempDir Path directory;

  @Test
  void saysInOneLineThatItIsReadyAndEndsOnSigterm() throws Exception {
    Process process = start("--config", config().toString());
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      assertThat(out.readLine()).matches("ready: trigger http://127\\.0\\.0\\.1:[0-9]+");

      assertThat(process.toHandle().destroy()).isTrue();

      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(SIGTERM_STATUS);
      assertThat(out.readLine()).isNull();
    } finally {
      process.destroyForcibly();
    }
  }

  /** Though they did not change: a change it would notice by itself. */
  @Test
  void readsItsRulesAgainOnSighup() throws Exception {
    Path file = config();
    Process process = start("--config", file.toString());
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      String line = Objects.requireNonNull(out.readLine());
      try (Http http = new Http(URI.create(line.substring(line.indexOf("http"))))) {
        String accepted = "alertcap_rules_reloads_total{result=\"accepted\"} ";
        assertThat(http.get("/metrics").body()).contains(accepted + "0.0");

        assertThat(
                new ProcessBuilder("kill", "-HUP", Long.toString(process.pid())).start().waitFor())
            .isZero();

        await().until(() -> http.get("/metrics").body().contains(accepted + "1.0"));
      }
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void namesEveryErrorOfItsConfiguration() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("wrong.yaml"),
            """
            http: { host: 0.0.0.0 }
            kafka: { bootstrapServers: nowhere }
            s3: { bucket: captures, acessKey: x }
            catalog: { type: static, file: %s }
            rules:
              - name: broken
                match: [alertname=]
                target: { from: [pod] }
            """
                .formatted(directory.resolve("absent.yaml")));

    Process process = start("--config", file.toString());

    String err = text(process.getErrorStream());
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(78);
    assertThat(err)
        .contains("wrong.yaml:1: http: host 0.0.0.0 can be reached by others")
        .contains("wrong.yaml:2: kafka.bootstrapServers: ")
        .contains("wrong.yaml:3: s3.acessKey: unknown key")
        .contains("wrong.yaml:4: catalog.file: ")
        .contains("there is no such file")
        .contains("wrong.yaml:7: rules[0].match[0]: ")
        .doesNotContain("\tat ");
  }

  @Test
  void saysWhichPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Path file = config();
      Files.writeString(
          file, Files.readString(file).replace("port: 0", "port: " + taken.getLocalPort()));

      Process process = start("--config", file.toString());

      assertThat(text(process.getErrorStream()))
          .contains("127.0.0.1:" + taken.getLocalPort())
          .contains("http.port");
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(1);
    }
  }

  private Path config() throws IOException {
    return TestConfig.write(
        directory,
        kafka.bootstrapServers(),
        URI.create("http://127.0.0.1:9"),
        "captures",
        "key",
        "secret");
  }

  private static Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).start();
  }

  private static String text(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), UTF_8);
  }
}
