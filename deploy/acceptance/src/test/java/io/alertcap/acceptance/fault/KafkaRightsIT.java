package io.alertcap.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.alertcap.acceptance.Http;
import io.alertcap.acceptance.PodNetwork;
import io.alertcap.acceptance.Programs;
import io.alertcap.acceptance.Services;
import io.alertcap.acceptance.Webhook;
import io.alertcap.capturer.CapturerService;
import io.alertcap.testing.GuardedKafka;
import io.alertcap.testing.S3Extension;
import io.alertcap.trigger.TriggerService;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * With the rights of docs/operations.md a capture goes all the way. Without any one of them, the
 * service that needs it says which it is, and works as soon as it is given.
 */
@Timeout(90)
class KafkaRightsIT {

  private static final String NODE = "node-1";
  private static final String NODES = "alertcap.nodes";
  private static final List<String> TOPICS = List.of("alertcap.commands", "alertcap.events", NODES);

  @RegisterExtension static final S3Extension s3 = new S3Extension();
  private static GuardedKafka kafka;

  /** A pod for each test, whose alerts are no duplicates of another test's. */
  private static final AtomicInteger pods = new AtomicInteger();

  @RegisterExtension final Symptoms symptoms = new Symptoms();

  @TempDir Path scratch;

  private final String pod = "coredns-" + pods.incrementAndGet();

  @BeforeAll
  static void start() {
    kafka =
        GuardedKafka.start(
            Map.of("trigger", "password-of-the-trigger", "capturer", "password-of-the-capturer"));
    TOPICS.forEach(topic -> kafka.createTopic(topic, 2));
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @BeforeEach
  void nobodyMayDoAnything() {
    kafka.grantNothing();
  }

  @Test
  void aCaptureGoesAllTheWayWithTheDocumentedRights() throws IOException {
    assumeTrue(
        "root".equals(System.getProperty("user.name")), "needs root, to make network namespaces");
    Programs.need("ip", "iproute2");
    DocumentedRight.all().forEach(KafkaRightsIT::grant);
    try (PodNetwork network = new PodNetwork(scratch);
        Services services = Services.start(trigger(network.namespace()), capturer())) {
      URI trigger = services.trigger().uri();
      symptoms.vanish(trigger);
      symptoms.vanish(Services.status(services.capturer()));

      assertThat(alert(trigger)).isEqualTo(202);

      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() ->
              assertThat(Http.get(trigger.resolve("/api/v1/captures")).body())
                  .contains("\"status\":\"completed\""));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void withoutOneRightItIsNamed(DocumentedRight missing) throws IOException {
    DocumentedRight.all().stream()
        .filter(right -> !right.equals(missing))
        .forEach(KafkaRightsIT::grant);
    showsThenWorks(missing);
  }

  /** What can be seen and no more is the harder case: every question about it is answered. */
  @ParameterizedTest
  @MethodSource("all")
  void withDescribeInItsPlaceItIsNamed(DocumentedRight missing) throws IOException {
    DocumentedRight.all().stream()
        .filter(right -> !right.equals(missing))
        .forEach(KafkaRightsIT::grant);
    kafka.grant(missing.principal(), AclOperation.DESCRIBE, missing.resource());
    showsThenWorks(missing);
  }

  /** A producer that was refused everything must not stay broken. */
  @Test
  void whoeverMayDoNothingIsServedAsSoonAsItMay() throws IOException {
    try (TriggerService trigger = Services.trigger(trigger())) {
      symptoms.show(trigger.uri(), "commands", "alertcap.commands", "Write", "kafka.properties");
      assertThat(alert(trigger.uri())).isEqualTo(503);

      DocumentedRight.all().forEach(KafkaRightsIT::grant);

      symptoms.vanish(trigger.uri());
      assertThat(alert(trigger.uri())).isEqualTo(202);
    }
  }

  @Test
  void aTopicThatMayNotBeCreatedIsNamedByBoth() throws IOException {
    DocumentedRight.all().forEach(KafkaRightsIT::grant);
    for (String topic : List.of("missing.commands", "missing.events")) {
      for (String user : List.of("trigger", "capturer")) {
        grant(user, AclOperation.READ, topic);
        grant(user, AclOperation.WRITE, topic);
      }
    }
    String elsewhere =
        "createTopics: true, commandsTopic: missing.commands, eventsTopic: missing.events,";
    try (CapturerService capturer =
            Services.capturer(capturer().replace("kafka: {", "kafka: { " + elsewhere));
        TriggerService trigger =
            Services.trigger(trigger().replace("kafka: {", "kafka: { " + elsewhere))) {
      for (String topic : List.of("missing.commands", "missing.events")) {
        String check = topic.replace("missing.", "");
        symptoms.show(
            Services.status(capturer), check, topic + " is missing", "Create", "kafka.properties");
        symptoms.show(trigger.uri(), check, topic + " is missing", "Create", "kafka.properties");
        grant("trigger", AclOperation.CREATE, topic);
      }
      symptoms.vanish(trigger.uri());
      symptoms.vanish(Services.status(capturer));
    }
  }

  @Test
  void aWrongPasswordIsToldByBoth() throws IOException {
    DocumentedRight.all().forEach(KafkaRightsIT::grant);
    try (CapturerService capturer = Services.capturer(wrongPassword(capturer()));
        TriggerService trigger = Services.trigger(wrongPassword(trigger()))) {
      for (String check : List.of("commands", "events")) {
        symptoms.show(
            Services.status(capturer), check, "credentials", "sasl.* of kafka.properties");
        symptoms.show(trigger.uri(), check, "credentials", "sasl.* of kafka.properties");
      }
    }
  }

  private static List<DocumentedRight> all() {
    return DocumentedRight.all();
  }

  private void showsThenWorks(DocumentedRight missing) throws IOException {
    if (missing.resource().name().equals(NODES)) {
      showsAndWorks(missing);
      return;
    }
    String right = missing.operation() == AclOperation.READ ? "the right Read" : "the right Write";
    String[] words = {missing.resource().name(), right, "kafka.properties"};
    if (missing.user().equals(DocumentedRight.TRIGGER)) {
      try (TriggerService trigger = Services.trigger(trigger())) {
        String check = missing.operation() == AclOperation.READ ? "events" : "commands";
        symptoms.show(trigger.uri(), check, words);
        assertThat(alert(trigger.uri())).isEqualTo(503);

        grant(missing);

        symptoms.vanish(trigger.uri());
        assertThat(alert(trigger.uri())).isEqualTo(202);
      }
    } else {
      try (CapturerService capturer = Services.capturer(capturer())) {
        String check = missing.operation() == AclOperation.READ ? "commands" : "events";
        symptoms.show(Services.status(capturer), check, words);

        grant(missing);

        symptoms.vanish(Services.status(capturer));
      }
    }
  }

  /** Captures are made without knowing which nodes are there. */
  private void showsAndWorks(DocumentedRight missing) throws IOException {
    if (missing.user().equals(DocumentedRight.TRIGGER)) {
      try (TriggerService trigger = Services.trigger(trigger())) {
        symptoms.showDegraded(trigger.uri(), "nodes", NODES, "the right Read");
        assertThat(alert(trigger.uri())).isEqualTo(202);
      }
    } else {
      try (CapturerService capturer = Services.capturer(capturer())) {
        symptoms.showDegraded(Services.status(capturer), "nodes", NODES, "the right Write");
      }
    }
  }

  private static void grant(DocumentedRight right) {
    kafka.grant(right.principal(), right.operation(), right.resource());
  }

  private static void grant(String user, AclOperation operation, String topic) {
    kafka.grant(
        user, operation, new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL));
  }

  private int alert(URI trigger) {
    return Http.post(
            trigger.resolve("/api/v1/alerts"), Webhook.firing("CoreDNSLatencyHigh", "pod", pod))
        .statusCode();
  }

  private static String wrongPassword(String yaml) {
    return yaml.replace("password=\"password-of-", "password=\"not-the-password-of-");
  }

  private String capturer() {
    return connections("capturer")
        + """
        node: { name: %s }
        http: { host: 127.0.0.1, port: 0 }
        spool: { directory: %s, minFree: 1MiB }
        """
            .formatted(NODE, scratch.resolve("spool"));
  }

  private String trigger() throws IOException {
    return trigger(Path.of("/run/netns/of-nobody"));
  }

  private String trigger(Path namespace) throws IOException {
    Path targets =
        Files.writeString(
            scratch.resolve("targets.yaml"),
            """
            - namespace: kube-system
              pod: %s
              node: %s
              containers: [{ name: coredns, netns: %s }]
            """
                .formatted(pod, NODE, namespace));
    return connections("trigger")
        + """
        http: { port: 0 }
        catalog: { type: static, file: %s }
        rules:
          - name: dns
            match: [alertname=CoreDNSLatencyHigh]
            target: { from: [pod], namespace: kube-system }
            capture: { filter: port 53, duration: 1s }
        """
            .formatted(targets);
  }

  private static String connections(String user) {
    String properties =
        kafka.clientProperties(user).entrySet().stream()
            .map(each -> "%s: '%s'".formatted(each.getKey(), each.getValue()))
            .collect(Collectors.joining(", "));
    return """
    kafka: { bootstrapServers: "%s", properties: { %s } }
    s3: { endpoint: "%s", bucket: %s, accessKey: "%s", secretKey: "%s" }
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
