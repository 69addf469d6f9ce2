package io.alertcap.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.alertcap.acceptance.Daemon;
import io.alertcap.acceptance.Http;
import io.alertcap.acceptance.Programs;
import io.alertcap.acceptance.Services;
import io.alertcap.capturer.CapturerService;
import io.alertcap.testing.KafkaExtension;
import io.alertcap.testing.S3Extension;
import io.alertcap.trigger.TriggerService;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is wrong with a pod is in its log, its readiness and its metrics within ten seconds, in
 * words that name the setting to change.
 */
@Timeout(60)
class FaultsIT {

  @RegisterExtension static final KafkaExtension kafka = new KafkaExtension();
  @RegisterExtension static final S3Extension s3 = new S3Extension();

  @RegisterExtension final Symptoms symptoms = new Symptoms();

  @TempDir Path scratch;

  @Test
  void topicsThatAreNotThereAreToldByBoth() throws IOException {
    String wrong =
        connections()
            .replace("createTopics: true", "createTopics: false")
            .replace(
                "kafka: {", "kafka: { commandsTopic: none.commands, eventsTopic: none.events,");
    try (CapturerService capturer = Services.capturer(capturer(wrong, "spool"))) {
      symptoms.show(Services.status(capturer), "commands", "none.commands", "kafka.createTopics");
    }
    try (TriggerService trigger = Services.trigger(trigger(wrong))) {
      symptoms.show(trigger.uri(), "events", "none.events", "kafka.createTopics");
    }
  }

  @Test
  void aNodeWithoutCgroupsIsToldByTheCapturer() throws IOException {
    Path nothing = Files.createDirectory(scratch.resolve("nothing"));
    String yaml =
        capturer(connections(), "spool")
            .replace("name: node-1", "name: node-1, cgroupRoot: " + nothing);
    try (CapturerService capturer = Services.capturer(yaml)) {
      symptoms.show(Services.status(capturer), "containers", nothing.toString(), "node.cgroupRoot");
    }
  }

  @Test
  void aSpoolThatBecomesReadOnlyIsToldByTheCapturer() throws IOException {
    try (Mount mount = new Mount(scratch)) {
      try (CapturerService capturer = Services.capturer(capturer(connections(), "mount/spool"))) {
        mount.coverReadOnly(scratch.resolve("mount/spool"));
        symptoms.show(Services.status(capturer), "spool", "spool.directory");
      }
    }
  }

  @Test
  void aSpoolThatFillsUpIsToldByTheCapturer() throws IOException {
    try (Mount mount = new Mount(scratch)) {
      try (CapturerService capturer = Services.capturer(capturer(connections(), "mount/spool"))) {
        mount.fill();
        symptoms.showDegraded(Services.status(capturer), "spool", "spool.minFree");
      }
    }
  }

  @Test
  void aSpoolThatIsReadOnlyFromTheStartIsWhyItDoesNotStart() {
    try (Mount mount = new Mount(scratch)) {
      mount.makeReadOnly();
      assertThatThrownBy(() -> Services.capturer(capturer(connections(), "mount/spool")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("spool.directory");
    }
  }

  @Test
  void aJnaThatCannotBeLoadedIsToldByTheCapturer() throws IOException {
    int port = Daemon.freePort();
    Path file =
        Files.writeString(
            scratch.resolve("capturer.yaml"),
            capturer(connections(), "spool").replace("port: 0", "port: " + port));
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djna.nosys=true",
            "-Djna.noclasspath=true",
            "-cp",
            System.getProperty("java.class.path"),
            "io.alertcap.capturer.Main",
            "--config",
            file.toString());
    try (Daemon capturer = Daemon.start(scratch.resolve("log"), command)) {
      URI status = URI.create("http://127.0.0.1:" + port);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> capturer.log().contains("started: capturer"));
      assertThat(Http.get(status.resolve("/readyz")).body()).contains("JNA", "java.io.tmpdir");
      assertThat(Http.get(status.resolve("/metrics")).body())
          .contains("alertcap_ready{check=\"capture\"} 0");
      assertThat(capturer.log()).contains("Captures will fail: JNA", "java.io.tmpdir");
    }
  }

  private static String connections() {
    return Services.connections(kafka, s3);
  }

  private String capturer(String connections, String spool) {
    return connections
        + """
        node: { name: node-1 }
        http: { host: 127.0.0.1, port: 0 }
        spool: { directory: %s, minFree: 1MiB }
        """
            .formatted(scratch.resolve(spool));
  }

  private String trigger(String connections) throws IOException {
    Path targets = Files.writeString(scratch.resolve("targets.yaml"), "[]");
    return connections
        + """
        http: { port: 0 }
        catalog: { type: static, file: %s }
        rules:
          - { name: dns, match: [alertname=CoreDNSLatencyHigh] }
        """
            .formatted(targets);
  }

  /** A file system of its own. */
  private record Mount(Path directory) implements AutoCloseable {

    Mount {
      assumeTrue("root".equals(System.getProperty("user.name")), "needs root, to mount");
      directory = directory.resolve("mount");
      directory.toFile().mkdir();
      assumeTrue(
          Programs.run("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", directory.toString())
                  .exitCode()
              == 0,
          "this machine lets nobody mount a file system");
    }

    void fill() {
      Programs.output("fallocate", "--length", "65000KiB", directory.resolve("full").toString());
    }

    void makeReadOnly() {
      Programs.output("mount", "-o", "remount,ro", directory.toString());
    }

    /** As a disk appears that went away: what is open there keeps the file system from changing. */
    void coverReadOnly(Path within) {
      Programs.output("mount", "-t", "tmpfs", "-o", "ro", "tmpfs", within.toString());
    }

    @Override
    public void close() {
      Programs.run("umount", "--recursive", "--lazy", directory.toString());
    }
  }
}
