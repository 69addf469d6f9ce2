package io.alertcap.acceptance.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.alertcap.acceptance.Daemon;
import io.alertcap.acceptance.PodNetwork;
import io.alertcap.acceptance.Programs;
import io.alertcap.acceptance.Webhook;
import io.alertcap.capturer.CapturerConfig;
import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.testing.GuardedKafka;
import io.alertcap.testing.S3Extension;
import io.alertcap.trigger.ConfigFile;
import io.alertcap.trigger.TriggerConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * No secret is in anything that the services write: both run as programs, with a secret of every
 * kind and every library at DEBUG, while things go well and while they go wrong.
 */
@Timeout(120)
class SecretsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @RegisterExtension static final S3Extension s3 = new S3Extension();

  @TempDir Path scratch;

  private final Secrets secrets = new Secrets();
  private final String kafkaPassword = secrets.make("kafka-password");
  private final String alertsToken = secrets.make("alerts-token");
  private final String readerToken = secrets.make("reader-token");
  private final String basicPassword = secrets.make("basic-password");
  private TlsFront front;

  @BeforeEach
  void writeSecrets() throws Exception {
    assumeTrue(
        "root".equals(System.getProperty("user.name")), "needs root, to make network namespaces");
    Programs.need("ip", "iproute2");
    secrets.add("the store's secret key", s3.credentials().secretAccessKey());
    secrets.addBasic("oncall", basicPassword);
    secrets.addPlainLogin("alertcap", kafkaPassword);
    front = TlsFront.write(scratch);
    secrets.add("the key of TLS", front.secretPart());
    Files.writeString(scratch.resolve("alerts-token"), alertsToken);
    Files.writeString(scratch.resolve("reader-token"), readerToken);
    Files.writeString(scratch.resolve("basic-password"), basicPassword);
    Files.writeString(scratch.resolve("debug.xml"), Secrets.EVERYTHING_LOGGED);
  }

  @Test
  void areInNothingThatIsWrittenWhileThingsGoWell() throws Exception {
    try (GuardedKafka kafka = kafka();
        PodNetwork network = new PodNetwork(scratch);
        Daemon capturer = start("capturer", capturer(kafka));
        Daemon trigger = start("trigger", trigger(kafka, network.namespace()))) {
      URI uri = front.awaitReady(trigger::log, PATIENCE);
      String alert = alert();
      await() // as Alertmanager does
          .atMost(PATIENCE)
          .until(() -> front.post(uri, "Bearer " + alertsToken, alert).statusCode() == 202);
      URI captures = uri.resolve("/api/v1/captures");
      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(front.get(captures, "Bearer " + readerToken).body())
                  .contains("\"status\":\"completed\""));
      String id = Secrets.firstId(front.get(captures, "Bearer " + readerToken).body());
      var download =
          front.get(captures.resolve("captures/" + id + "/pcap"), "Bearer " + readerToken);
      assertThat(download.statusCode()).isEqualTo(302);
      String signature =
          download.headers().firstValue("Location").orElseThrow().replaceFirst(".*Signature=", "");
      secrets.add("the signature of a download", signature.replaceFirst("&.*", ""));

      secrets.areNotIn(
          "the record", front.get(captures, front.basic("oncall", basicPassword)).body());
      secrets.areNotIn("an event", kafka.values("alertcap.events"));
      secrets.areNotIn("a command", kafka.values("alertcap.commands"));
      refusals(uri, captures);
      probes(uri, capturer);
      assertThat(trigger.log()).contains(" DEBUG [");
      assertThat(capturer.log()).contains(" DEBUG [");
      secrets.areNotIn("the trigger service's output", trigger.log());
      secrets.areNotIn("the capturer's output", capturer.log());
    }
  }

  /** What a caller sends by mistake is theirs, and is not repeated either. */
  private void refusals(URI uri, URI captures) throws Exception {
    String wrong = secrets.make("wrong-token");
    for (String authorization :
        List.of("Bearer " + wrong, wrong, "Basic " + wrong, front.basic("oncall", wrong))) {
      var refusal = front.get(captures, authorization);
      assertThat(refusal.statusCode()).isEqualTo(401);
      secrets.areNotIn("a refusal", refusal.body() + refusal.headers().map());
    }
    secrets.areNotIn("an error", front.post(uri, "Bearer " + alertsToken, "{ no JSON").body());
    secrets.areNotIn("an error", front.get(captures, "Bearer " + alertsToken).body());
  }

  private void probes(URI uri, Daemon capturer) throws Exception {
    for (String path : List.of("/metrics", "/readyz", "/livez", "/openapi.yaml")) {
      secrets.areNotIn(path, front.get(uri.resolve(path), "Bearer " + alertsToken).body());
    }
    URI status = URI.create("http://127.0.0.1:" + front.capturerPort());
    assertThat(capturer.log()).isNotEmpty();
    for (String path : List.of("/metrics", "/readyz", "/livez")) {
      secrets.areNotIn(path, front.get(status.resolve(path), "none").body());
    }
  }

  @Test
  void areInNothingThatIsWrittenWhileKafkaAndTheStoreRefuseThem() throws Exception {
    String wrongPassword = secrets.make("wrong-password");
    String wrongKey = secrets.make("wrong-secret-key");
    secrets.addPlainLogin("alertcap", wrongPassword);
    try (GuardedKafka kafka = kafka();
        Daemon capturer = start("capturer", wrong(capturer(kafka), wrongPassword, wrongKey));
        Daemon trigger =
            start(
                "trigger",
                wrong(trigger(kafka, Path.of("/run/netns/x")), wrongPassword, wrongKey))) {
      for (Daemon service : List.of(capturer, trigger)) {
        await()
            .atMost(PATIENCE)
            .until(() ->
                service.log().contains("kafka.properties")
                    && service.log().contains("s3.secretKey"));
        secrets.areNotIn("the output", service.log());
      }
    }
  }

  @Test
  void areInNoErrorOfTheConfiguration() throws Exception {
    try (GuardedKafka kafka = kafka()) {
      String good = trigger(kafka, Path.of("/run/netns/x"));
      for (String bad :
          List.of(
              good.replace("secretKey: ", "secretKey: [ "),
              good.replace("secretKey: ", "secretKee: "),
              good.replace("secretKey: ", "region: [] , secretKey: "),
              good.replace("sasl.jaas.config: '", "sasl.jaas.config: { x: '"),
              good.replace("sasl.jaas.config: '", "acks: '"),
              good.replace("sasl.jaas.config: '", "sasl.jaas.config: "),
              good.replace("sasl.jaas.config: '", "sasl.jaas.config: '}'"))) {
        try (Daemon trigger = start("trigger", bad)) {
          await().atMost(PATIENCE).until(() -> trigger.ended());
          assertThat(trigger.log()).isNotEmpty();
          secrets.areNotIn("the output", trigger.log());
        }
      }
    }
  }

  @Test
  void areInNoConfigurationThatIsPrinted() throws Exception {
    try (GuardedKafka kafka = kafka()) {
      ConfigurationSource trigger =
          ConfigurationSource.text("trigger.yaml", trigger(kafka, Path.of("/run/netns/x")));
      ConfigurationSource capturer = ConfigurationSource.text("capturer.yaml", capturer(kafka));
      secrets.areNotIn("a source", ConfigFile.of(trigger).toString());
      secrets.areNotIn("the settings", trigger.read(TriggerConfig::from).toString());
      secrets.areNotIn("the settings", capturer.read(CapturerConfig::from).toString());
      secrets.areNotIn("the credentials", s3.credentials().toString());
    }
  }

  private GuardedKafka kafka() {
    GuardedKafka kafka = GuardedKafka.start(Map.of("alertcap", kafkaPassword));
    for (String topic : List.of("alertcap.commands", "alertcap.events")) {
      kafka.createTopic(topic, 1);
      grant(kafka, ResourceType.TOPIC, topic);
    }
    grant(kafka, ResourceType.GROUP, "alertcap");
    return kafka;
  }

  private static void grant(GuardedKafka kafka, ResourceType type, String name) {
    kafka.grant(
        "alertcap", AclOperation.ALL, new ResourcePattern(type, name, PatternType.PREFIXED));
  }

  private Daemon start(String service, String yaml) throws IOException {
    Path config = Files.writeString(scratch.resolve(service + ".yaml"), yaml);
    return Daemon.start(
        Files.createTempFile(scratch, service, ".log"),
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dlogback.configurationFile=" + scratch.resolve("debug.xml"),
            "-cp",
            System.getProperty("java.class.path"),
            "io.alertcap." + service + ".Main",
            "--config",
            config.toString()));
  }

  private String wrong(String yaml, String password, String key) {
    return yaml.replace(kafkaPassword, password).replace(s3.credentials().secretAccessKey(), key);
  }

  private static String alert() {
    return Webhook.firing("CoreDNSLatencyHigh", "pod", "coredns-1");
  }

  private String capturer(GuardedKafka kafka) {
    return connections(kafka)
        + """
        node: { name: node-1 }
        http: { host: 127.0.0.1, port: %d }
        spool: { directory: %s, minFree: 1MiB }
        names: { url: "%s", tokenFile: %s, caFile: %s }
        """
            .formatted(
                front.capturerPort(),
                scratch.resolve("spool"),
                front.uri(),
                scratch.resolve("reader-token"),
                front.certificate());
  }

  private String trigger(GuardedKafka kafka, Path namespace) throws IOException {
    Path targets =
        Files.writeString(
            scratch.resolve("targets.yaml"),
            """
            - namespace: kube-system
              pod: coredns-1
              node: node-1
              containers: [{ name: coredns, netns: %s }]
            """
                .formatted(namespace));
    return connections(kafka)
        + """
        http:
          port: %1$d
          tls: { certFile: %2$s, keyFile: %3$s }
          auth:
            tokens:
              - { name: alertmanager, file: %4$s/alerts-token, scopes: [alerts] }
              - { name: reader, file: %4$s/reader-token, scopes: [read] }
            basic:
              - { user: oncall, passwordFile: %4$s/basic-password, scopes: [read] }
        catalog: { type: static, file: %5$s }
        rules:
          - name: dns
            match: [alertname=CoreDNSLatencyHigh]
            target: { from: [pod], namespace: kube-system }
            capture: { filter: port 53, duration: 1s }
        """
            .formatted(front.uri().getPort(), front.certificate(), front.key(), scratch, targets);
  }

  private static String connections(GuardedKafka kafka) {
    String properties =
        kafka.clientProperties("alertcap").entrySet().stream()
            .map(each -> "%s: '%s'".formatted(each.getKey(), each.getValue()))
            .collect(Collectors.joining(", "));
    return """
    kafka: { bootstrapServers: "%s", properties: { %s } }
    s3: { endpoint: "%s", bucket: %s, accessKey: %s, secretKey: %s }
    """
        .formatted(
            kafka.bootstrapServers(),
            properties,
            s3.endpoint(),
            s3.bucket(),
            s3.credentials().accessKeyId(),
            s3.credentials().secretAccessKey());
  }
}
