package io.alertcap.acceptance.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.alertcap.acceptance.Http;
import io.alertcap.acceptance.PodNetwork;
import io.alertcap.acceptance.Programs;
import io.alertcap.acceptance.Services;
import io.alertcap.schemas.Alert;
import io.alertcap.schemas.Artifact;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.CaptureStatus;
import io.alertcap.schemas.Timings;
import io.alertcap.schemas.json.Json;
import io.alertcap.testing.KafkaExtension;
import io.alertcap.testing.S3Extension;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The way of a real alert: a latency that Prometheus scrapes rises, a shipped rule fires, two
 * Alertmanagers post it by the shipped route, and one capture of a pod's traffic is in S3.
 */
@Timeout(90)
class AlertPathIT {

  private static final String ALERTS_TOKEN = "token-of-alertmanager";
  private static final String READER_TOKEN = "token-of-the-reader";

  @RegisterExtension static final KafkaExtension kafka = new KafkaExtension();
  @RegisterExtension static final S3Extension s3 = new S3Extension();

  @TempDir Path scratch;

  @BeforeAll
  static void possible() {
    assumeTrue(
        "root".equals(System.getProperty("user.name")), "needs root, to make network namespaces");
    Programs.need("ip", "iproute2");
    Programs.need("tshark", "tshark");
    Programs.need("prometheus", "prometheus");
    Programs.need("prometheus-alertmanager", "prometheus-alertmanager");
  }

  @Test
  void becomesOneCaptureThenResolves() throws IOException {
    Path token = Files.writeString(scratch.resolve("alerts-token"), ALERTS_TOKEN);
    Files.writeString(scratch.resolve("reader-token"), READER_TOKEN);
    try (CoreDnsExporter coreDns = new CoreDnsExporter();
        PodNetwork network = new PodNetwork(scratch);
        Services services = Services.start(trigger(network), capturer());
        Alerting alerting = new Alerting(scratch)) {
      URI trigger = services.trigger().uri();
      alerting.start(coreDns.port(), trigger.resolve("/api/v1/alerts"), token);

      coreDns.become(CoreDnsExporter.State.SLOW);
      CaptureRecord record = awaitCompleted(trigger);

      showHowLongItTook(record);
      isTheAlertOfTheRule(record.alert().orElseThrow());
      holdsTheTrafficOfThePod(trigger, record);
      awaitDecision(trigger, "duplicate");

      coreDns.become(CoreDnsExporter.State.BUSY_AND_FAST);
      awaitDecision(trigger, "resolved");
      assertThat(captures(trigger)).extracting(CaptureRecord::id).containsExactly(record.id());
    }
  }

  private CaptureRecord awaitCompleted(URI trigger) {
    await()
        .atMost(Duration.ofSeconds(50))
        .until(() -> captures(trigger).stream().anyMatch(it -> it.status().terminal()));
    assertThat(captures(trigger)).hasSize(1);
    CaptureRecord record = captures(trigger).getFirst();
    assertThat(record.status()).isEqualTo(CaptureStatus.COMPLETED);
    return record;
  }

  private static void isTheAlertOfTheRule(Alert alert) {
    assertThat(alert.labels())
        .containsEntry("alertname", "CoreDNSLatencyHigh")
        .containsEntry("pod", "coredns-1");
    assertThat(alert.annotations().get("description")).contains("coredns-1");
  }

  private void holdsTheTrafficOfThePod(URI trigger, CaptureRecord record) throws IOException {
    Artifact artifact = record.artifact().orElseThrow();
    assertThat(artifact.packets()).isPositive();
    HttpResponse<String> redirect =
        Http.get(trigger.resolve("/api/v1/captures/" + record.id() + "/pcap"), READER_TOKEN);
    assertThat(redirect.statusCode()).isEqualTo(302);
    URI download = URI.create(redirect.headers().firstValue("Location").orElseThrow());
    Path file = scratch.resolve(artifact.key().replaceFirst(".*/", ""));
    try (InputStream body = download.toURL().openStream()) {
      Files.copy(body, file);
    }
    assertThat(
            Programs.output(
                    "tshark", "-n", "-r", file.toString(), "-Y", "dns.qry.name == example.com")
                .lines()
                .filter(line -> line.contains("192.0.2.1")))
        .hasSizeGreaterThanOrEqualTo(10);
  }

  /** Of every alert that arrived one way or another: the other Alertmanager's, and the end. */
  private static void awaitDecision(URI trigger, String decision) {
    String counter = "alertcap_alerts_total{decision=\"" + decision + "\"} ";
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() ->
            assertThat(Http.get(trigger.resolve("/metrics")).body().lines())
                .filteredOn(line -> line.startsWith("alertcap_alerts_total"))
                .anyMatch(line ->
                    line.startsWith(counter)
                        && Double.parseDouble(line.substring(counter.length())) >= 1));
  }

  private static void showHowLongItTook(CaptureRecord record) {
    Instant firing = record.alert().orElseThrow().startsAt();
    Timings timings = record.timings();
    Instant received = timings.alertReceivedAt().orElseThrow();
    Instant active = timings.filterActiveAt().orElseThrow();
    System.out.printf(
        "Prometheus fires → webhook: %d ms; → filter active: %d ms; → in S3: %d ms%n",
        Duration.between(firing, received).toMillis(),
        Duration.between(firing, active).toMillis(),
        Duration.between(firing, timings.uploadedAt().orElseThrow()).toMillis());
    assertThat(Duration.between(firing, active)).isBetween(Duration.ZERO, Duration.ofSeconds(10));
  }

  private static List<CaptureRecord> captures(URI trigger) {
    HttpResponse<String> answer = Http.get(trigger.resolve("/api/v1/captures"), READER_TOKEN);
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode list = Json.mapper().readTree(answer.body());
    return list.get("captures")
        .valueStream()
        .map(record -> Json.mapper().treeToValue(record, CaptureRecord.class))
        .toList();
  }

  private String trigger(PodNetwork network) throws IOException {
    Path targets =
        Files.writeString(
            scratch.resolve("targets.yaml"),
            """
            - namespace: kube-system
              pod: coredns-1
              node: node-1
              containers: [{ name: coredns, netns: %s }]
            """
                .formatted(network.namespace()));
    return connections()
        + """
        http:
          port: 0
          auth:
            tokens:
              - { name: alertmanager, file: %1$s/alerts-token, scopes: [alerts] }
              - { name: reader, file: %1$s/reader-token, scopes: [read] }
        catalog: { type: static, file: %2$s }
        rules:
          - name: coredns-latency
            match: [alertname=CoreDNSLatencyHigh]
            target: { from: [pod] }
            capture: { filter: port 53, duration: 3s }
            cooldown: 0s
        """
            .formatted(scratch, targets);
  }

  private String capturer() {
    return connections()
        + """
        node: { name: node-1 }
        http: { host: 127.0.0.1, port: 0 }
        spool: { directory: %s, minFree: 1MiB }
        """
            .formatted(scratch.resolve("spool"));
  }

  /** On topics of its own: other tests' captures are none of this one's. */
  private static String connections() {
    return Services.connections(kafka, s3)
        .replace("kafka: {", "kafka: { commandsTopic: path.commands, eventsTopic: path.events,");
  }
}
