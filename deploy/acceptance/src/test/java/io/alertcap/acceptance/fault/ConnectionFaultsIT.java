package io.alertcap.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertcap.acceptance.Daemon;
import io.alertcap.acceptance.Http;
import io.alertcap.acceptance.Services;
import io.alertcap.acceptance.Webhook;
import io.alertcap.capturer.CapturerService;
import io.alertcap.testing.KafkaExtension;
import io.alertcap.testing.S3Extension;
import io.alertcap.trigger.TriggerService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which Kafka or the store cannot be reached or used, at both services. */
@Timeout(60)
class ConnectionFaultsIT {

  @RegisterExtension static final KafkaExtension kafka = new KafkaExtension();
  @RegisterExtension static final S3Extension s3 = new S3Extension();
  private static Impostor silent;
  private static Impostor untrusted;

  @RegisterExtension final Symptoms symptoms = new Symptoms();

  @TempDir Path scratch;

  /** One line of {@code connections} that is wrong, and what has to be said of it. */
  record Fault(String name, String right, String wrong, List<String> words) {

    String in(String connections) {
      assertThat(connections).contains(right);
      return connections.replace(right, wrong);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void start() throws Exception {
    silent = Impostor.silent();
    untrusted = Impostor.untrusted();
  }

  @AfterAll
  static void stop() throws IOException {
    silent.close();
    untrusted.close();
  }

  private static Stream<Fault> storeFaults() {
    String endpoint = s3.endpoint().toString();
    return Stream.of(
        new Fault(
            "a bucket that is not there",
            "bucket: " + s3.bucket(),
            "bucket: no-such-bucket",
            List.of("no-such-bucket", "s3.bucket")),
        new Fault(
            "a wrong secret key",
            s3.credentials().secretAccessKey(),
            "not-the-secret-of-this-store",
            List.of("s3.accessKey", "s3.secretKey")),
        new Fault(
            "an unknown access key",
            s3.credentials().accessKeyId(),
            "nobody",
            List.of("s3.accessKey", "s3.secretKey")),
        new Fault(
            "an endpoint where nobody listens",
            endpoint,
            "http://127.0.0.1:" + Daemon.freePort(),
            List.of("Connection refused", "s3.endpoint")),
        new Fault(
            "an endpoint that takes everything and says nothing",
            endpoint,
            "http://127.0.0.1:" + silent.port(),
            List.of("s3.endpoint")),
        new Fault(
            "an endpoint with a certificate of nobody who is trusted",
            endpoint,
            "https://127.0.0.1:" + untrusted.port(),
            List.of("certificat", "s3.endpoint")));
  }

  @ParameterizedTest
  @MethodSource("storeFaults")
  void theCapturerIsDegradedWithout(Fault fault) throws IOException {
    try (CapturerService capturer = Services.capturer(capturer(fault.in(connections())))) {
      symptoms.showDegraded(Services.status(capturer), "store", words(fault));
    }
    assertThat(symptoms.said()).noneMatch(line -> line.contains("not-the-secret-of-this-store"));
  }

  /** A capture matters more than its download: alerts are taken. */
  @ParameterizedTest
  @MethodSource("storeFaults")
  void theTriggerServiceIsDegradedWithout(Fault fault) throws IOException {
    try (TriggerService trigger = Services.trigger(trigger(fault.in(connections())))) {
      symptoms.showDegraded(trigger.uri(), "store", words(fault));
      assertThat(
              Http.post(
                      trigger.uri().resolve("/api/v1/alerts"),
                      Webhook.firing("CoreDNSLatencyHigh", "pod", "coredns-1"))
                  .statusCode())
          .isEqualTo(202);
    }
    assertThat(symptoms.said()).noneMatch(line -> line.contains("not-the-secret-of-this-store"));
  }

  private static Stream<Fault> kafkaFaults() {
    String servers = "bootstrapServers: \"" + kafka.bootstrapServers() + "\"";
    return Stream.of(
        new Fault(
            "a broker that is not there",
            servers,
            "bootstrapServers: \"127.0.0.1:%d\"".formatted(Daemon.freePort()),
            List.of("kafka.bootstrapServers")),
        new Fault(
            "a broker that takes everything and says nothing",
            servers,
            "bootstrapServers: \"127.0.0.1:%d\"".formatted(silent.port()),
            List.of("kafka.bootstrapServers")),
        new Fault(
            "a broker with a certificate of nobody who is trusted",
            servers,
            "bootstrapServers: \"127.0.0.1:%d\", properties: { security.protocol: SSL }"
                .formatted(untrusted.port()),
            List.of("certificat", "ssl.truststore", "kafka.properties")));
  }

  @ParameterizedTest
  @MethodSource("kafkaFaults")
  void neitherIsReadyWithout(Fault fault) throws IOException {
    String wrong = fault.in(connections());
    try (CapturerService capturer = Services.capturer(capturer(wrong))) {
      symptoms.show(Services.status(capturer), "commands", words(fault));
      symptoms.show(Services.status(capturer), "events", words(fault));
    }
    try (TriggerService trigger = Services.trigger(trigger(wrong))) {
      symptoms.show(trigger.uri(), "commands", words(fault));
      symptoms.show(trigger.uri(), "events", words(fault));
    }
  }

  /** What no client can be made of is told at once: it will not pass by itself. */
  @Test
  void aTrustStoreThatIsNotThereIsNamedByBoth() throws IOException {
    String wrong =
        connections()
            .replace(
                "kafka: {",
                "kafka: { properties: { security.protocol: SSL, ssl.truststore.location: /no-such.p12 },");
    try (CapturerService capturer = Services.capturer(capturer(wrong))) {
      symptoms.show(Services.status(capturer), "commands", "/no-such.p12", "kafka.properties");
    }
    assertThatThrownBy(() -> Services.trigger(trigger(wrong)))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("/no-such.p12", "kafka.properties");
  }

  private static String[] words(Fault fault) {
    return fault.words().toArray(String[]::new);
  }

  /** On topics of its own. */
  private static String connections() {
    return Services.connections(kafka, s3)
        .replace("kafka: {", "kafka: { commandsTopic: fault.commands, eventsTopic: fault.events,");
  }

  private String capturer(String connections) {
    return connections
        + """
        node: { name: node-1 }
        http: { host: 127.0.0.1, port: 0 }
        spool: { directory: %s, minFree: 1MiB }
        """
            .formatted(scratch.resolve("spool"));
  }

  private String trigger(String connections) throws IOException {
    Path targets =
        Files.writeString(
            scratch.resolve("targets.yaml"),
            """
            - namespace: kube-system
              pod: coredns-1
              node: node-1
              containers: [{ name: coredns, pid: 1 }]
            """);
    return connections
        + """
        http: { port: 0 }
        catalog: { type: static, file: %s }
        rules:
          - name: dns
            match: [alertname=CoreDNSLatencyHigh]
            target: { from: [pod], namespace: kube-system }
            cooldown: 0s
        """
            .formatted(targets);
  }
}
