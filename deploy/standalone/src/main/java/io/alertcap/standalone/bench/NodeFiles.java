package io.alertcap.standalone.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** What the measure of a node's capturer writes for the services, and posts to them. */
final class NodeFiles {

  static final String POD_NAMESPACE = "bench";
  static final String NODE = "bench-node";

  private NodeFiles() {}

  /** For everything but the capturer that is measured. */
  static Path pipeline(Path directory, List<String> pods) throws BenchFailed {
    String catalog =
        pods.stream()
            .map(pod ->
                """
                - namespace: %s
                  pod: %s
                  node: %s
                  labels: {}
                  containers: [{ name: main, netns: %s }]
                """
                    .formatted(POD_NAMESPACE, pod, NODE, Links.path(pod)))
            .collect(Collectors.joining());
    Path targets = write(directory.resolve("node-targets.yaml"), catalog);
    return write(
        directory.resolve("node-pipeline.yaml"),
        """
        standalone: { dataDir: %s, kafkaPort: 0, s3Port: 0, capturerHttpPort: 0 }
        http: { port: 0 }
        node: { name: another-node }
        catalog: { type: static, file: %s }
        rules:
          - name: short
            match: ['length="short"']
            target: { from: [pod] }
            capture: { filter: '%s', duration: 200ms }
            cooldown: 0s
          - name: long
            match: ['length="long"']
            target: { from: [pod] }
            capture: { filter: '%s', duration: %ds }
            cooldown: 0s
        """
            .formatted(
                directory.resolve("node-data"),
                targets,
                Links.FILTER,
                Links.FILTER,
                NodeMeasure.LONG.toSeconds()));
  }

  /** For the capturer that is measured. Its S3 credentials come from the SDK's chain. */
  static Path capturer(Path directory, String bootstrapServers, URI s3, int port)
      throws BenchFailed {
    return write(
        directory.resolve("node-capturer.yaml"),
        """
        node: { name: %s }
        kafka: { bootstrapServers: '%s' }
        s3: { endpoint: '%s', bucket: alertcap }
        spool: { directory: %s }
        http: { port: %d }
        """
            .formatted(NODE, bootstrapServers, s3, directory.resolve("node-spool"), port));
  }

  /**
   * A webhook about one pod.
   *
   * @param rule {@code short} or {@code long}
   */
  static byte[] alert(String pod, String rule, Instant startsAt) {
    return """
    {"version": "4", "groupKey": "{}:{}", "truncatedAlerts": 0, "status": "firing",
     "receiver": "bench", "groupLabels": {}, "commonLabels": {}, "commonAnnotations": {},
     "externalURL": "http://127.0.0.1", "alerts": [{"status": "firing",
       "labels": {"alertname": "Bench", "namespace": "%s", "pod": "%s", "length": "%s"},
       "annotations": {}, "startsAt": "%s", "endsAt": "0001-01-01T00:00:00Z",
       "generatorURL": "http://127.0.0.1", "fingerprint": "%016x"}]}
    """
        .formatted(POD_NAMESPACE, pod, rule, startsAt, pod.hashCode())
        .getBytes(StandardCharsets.UTF_8);
  }

  /** One that nobody listens on now. */
  static int freePort() throws BenchFailed {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new BenchFailed("There is no free port.", e);
    }
  }

  private static Path write(Path file, String text) throws BenchFailed {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new BenchFailed("Writing " + file + " failed.", e);
    }
  }
}
