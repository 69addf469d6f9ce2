package io.alertcap.acceptance;

import io.alertcap.capturer.CapturerConfig;
import io.alertcap.capturer.CapturerService;
import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.testing.KafkaExtension;
import io.alertcap.testing.S3Extension;
import io.alertcap.trigger.TriggerConfig;
import io.alertcap.trigger.TriggerService;
import io.alertcap.trigger.record.RecordSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Both services, as their {@code Main}s start them, in this process. */
public record Services(TriggerService trigger, CapturerService capturer) implements AutoCloseable {

  /** What a configuration file says of the test's own broker and store. */
  public static String connections(KafkaExtension kafka, S3Extension s3) {
    return """
    kafka: { bootstrapServers: "%s", createTopics: true, partitions: 4 }
    s3: { endpoint: "%s", bucket: %s, accessKey: "%s", secretKey: "%s" }
    """
        .formatted(
            kafka.bootstrapServers(),
            s3.endpoint(),
            s3.bucket(),
            s3.credentials().accessKeyId(),
            s3.credentials().secretAccessKey());
  }

  /** Starts both; blocks until they are about to be ready. */
  public static Services start(String triggerYaml, String capturerYaml) throws IOException {
    CapturerService capturer = capturer(capturerYaml);
    try {
      return new Services(trigger(triggerYaml), capturer);
    } catch (IOException | RuntimeException e) {
      capturer.close();
      throw e;
    }
  }

  public static TriggerService trigger(String yaml) throws IOException {
    TriggerConfig config =
        ConfigurationSource.text("trigger.yaml", yaml).read(TriggerConfig::from).settings();
    return TriggerService.start(
        new TriggerConfig(
            config.http(),
            config.kafka(),
            config.signing(),
            config.s3(),
            RecordSettings.in(
                Files.createTempDirectory(Files.createDirectories(Path.of("target")), "record-")),
            config.catalog(),
            config.rules(),
            config.policy()));
  }

  public static CapturerService capturer(String yaml) throws IOException {
    return CapturerService.start(
        ConfigurationSource.text("capturer.yaml", yaml).read(CapturerConfig::from).settings());
  }

  /** Where the capturer's health and metrics are. */
  public static URI status(CapturerService capturer) {
    return URI.create("http://127.0.0.1:" + capturer.httpPort());
  }

  @Override
  public void close() {
    trigger.close();
    capturer.close();
  }
}
