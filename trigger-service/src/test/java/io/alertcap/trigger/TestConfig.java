package io.alertcap.trigger;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.trigger.target.Catalogs;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** A configuration file, with the cluster of {@link Catalogs} in the file beside it. */
public final class TestConfig {

  private TestConfig() {}

  /**
   * Writes both files, with topics of its own: no test reads what another wrote, and none waits for
   * a topic to be deleted.
   *
   * @param kafka {@code host:port}
   */
  public static Path write(
      Path directory, String kafka, URI s3, String bucket, String accessKey, String secretKey)
      throws IOException {
    Path catalog = Files.writeString(directory.resolve("targets.yaml"), Catalogs.CLUSTER);
    UUID test = UUID.randomUUID();
    return Files.writeString(
        directory.resolve("trigger.yaml"),
        """
        http: { port: 0 }
        kafka: { bootstrapServers: "%s", createTopics: true, partitions: 4,
          commandsTopic: commands-%s, eventsTopic: events-%s, nodesTopic: nodes-%s }
        s3: { endpoint: "%s", bucket: %s, accessKey: "%s", secretKey: "%s" }
        record: { directory: %s }
        catalog: { type: static, file: %s }
        rules:
          - name: coredns-latency
            match: [alertname=CoreDNSLatencyHigh]
            target: { from: [pod] }
            capture: { filter: port 53, interface: any, duration: 60s }
            cooldown: 15m
        """
            .formatted(
                kafka,
                test,
                test,
                test,
                s3,
                bucket,
                accessKey,
                secretKey,
                directory.resolve("record"),
                catalog));
  }

  /** Reads such a file as {@link Main} does. */
  public static TriggerConfig read(Path file) {
    return ConfigurationSource.file(file).read(TriggerConfig::from).settings();
  }
}
