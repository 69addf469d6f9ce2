package io.alertcap.standalone;

import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import java.nio.file.Path;

/**
 * The {@code standalone} section.
 *
 * @param dataDir of broker, S3 server and spool; kept across restarts
 * @param kafkaPort on 127.0.0.1; 0 for any that is free
 * @param s3Port on 127.0.0.1; 0 for any that is free
 * @param capturerHttpPort of the capturer's health and metrics, on 127.0.0.1; 0 for any that is
 *     free
 */
record StandaloneSettings(Path dataDir, int kafkaPort, int s3Port, int capturerHttpPort) {

  private static final Path DATA = Path.of("/var/lib/alertcap");
  private static final int KAFKA_PORT = 9092;
  private static final int S3_PORT = 9000;
  private static final int CAPTURER_HTTP_PORT = 8081;
  private static final int MAX_PORT = 65_535;

  static Setting<StandaloneSettings> from(Section standalone) {
    Setting<Path> dataDir = standalone.path("dataDir").orElse(DATA);
    Setting<Integer> kafka = port(standalone, "kafkaPort", KAFKA_PORT);
    Setting<Integer> s3 = port(standalone, "s3Port", S3_PORT);
    Setting<Integer> http = port(standalone, "capturerHttpPort", CAPTURER_HTTP_PORT);
    return standalone.build(
        () -> new StandaloneSettings(dataDir.get(), kafka.get(), s3.get(), http.get()));
  }

  private static Setting<Integer> port(Section standalone, String key, int standard) {
    return standalone.integer(key).between(0, MAX_PORT).orElse(standard);
  }
}
