package io.alertcap.standalone;

import io.alertcap.embedded.CannotStartException;
import io.alertcap.embedded.EmbeddedBroker;
import io.alertcap.embedded.EmbeddedS3;
import io.alertcap.embedded.S3Credentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** The broker and the S3 server, on the data of one directory. */
record EmbeddedServers(
    EmbeddedBroker broker, EmbeddedS3 s3, S3Credentials credentials, Path dataDir)
    implements AutoCloseable {

  private static final String BUCKET = "alertcap";

  /** Blocks until both take requests: some seconds. */
  static EmbeddedServers start(StandaloneSettings settings)
      throws CannotStartException, IOException {
    Path data = settings.dataDir();
    Files.createDirectories(data);
    S3Credentials credentials = S3Credentials.keptIn(data.resolve("s3-credentials"));
    EmbeddedBroker broker = EmbeddedBroker.start(data.resolve("kafka"), settings.kafkaPort());
    try {
      EmbeddedS3 s3 = EmbeddedS3.start(data.resolve("s3"), settings.s3Port(), credentials, BUCKET);
      return new EmbeddedServers(broker, s3, credentials, data);
    } catch (CannotStartException e) {
      broker.close();
      throw e;
    }
  }

  /** What a file for standalone need not say, since these servers answer it. */
  Map<String, String> presets() {
    return Map.of(
        "kafka.bootstrapServers", broker.bootstrapServers(),
        "kafka.createTopics", "true",
        "s3.endpoint", s3.endpoint().toString(),
        "s3.bucket", BUCKET,
        "s3.accessKey", credentials.accessKeyId(),
        "s3.secretKey", credentials.secretAccessKey(),
        "spool.directory", dataDir.resolve("spool").toString(),
        "record.directory", dataDir.resolve("record").toString(),
        "node.name", hostName());
  }

  /** The same keys, to check a file before anything is started. */
  static Map<String, String> presetsUnstarted() {
    return Map.of(
        "kafka.bootstrapServers", "127.0.0.1:9092",
        "kafka.createTopics", "true",
        "s3.endpoint", "http://127.0.0.1:9000",
        "s3.bucket", BUCKET,
        "s3.accessKey", "unstarted",
        "s3.secretKey", "unstarted",
        "spool.directory", "spool",
        "record.directory", "record",
        "node.name", hostName());
  }

  @Override
  public void close() {
    s3.close();
    broker.close();
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
