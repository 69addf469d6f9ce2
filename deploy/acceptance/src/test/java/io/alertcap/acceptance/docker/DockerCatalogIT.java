package io.alertcap.acceptance.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.alertcap.acceptance.Http;
import io.alertcap.acceptance.Programs;
import io.alertcap.acceptance.Services;
import io.alertcap.acceptance.Webhook;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.CaptureStatus;
import io.alertcap.schemas.json.Json;
import io.alertcap.testing.KafkaExtension;
import io.alertcap.testing.S3Extension;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An alert about a container of a real Docker engine: found by name, captured by its ID. */
@Timeout(90)
class DockerCatalogIT {

  /** Questions for a name server that is not there. */
  private static final String TALK =
      "while :; do timeout 1 nslookup example.com 127.0.0.1; sleep 0.1; done";

  @RegisterExtension static final KafkaExtension kafka = new KafkaExtension();
  @RegisterExtension static final S3Extension s3 = new S3Extension();

  @TempDir Path scratch;

  @BeforeAll
  static void possible() {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root, to start Docker");
    Programs.need("dockerd", "docker.io");
    Programs.need("docker", "docker.io");
    assumeTrue(
        Files.isExecutable(Path.of("/bin/busybox")),
        "there is no busybox here (package busybox-static)");
  }

  @Test
  void capturesTheContainerThatAnAlertNames() throws IOException {
    try (DockerEngine docker = new DockerEngine(scratch)) {
      String id = docker.run("resolver", TALK);
      try (Services services = Services.start(trigger(docker), capturer())) {
        URI trigger = services.trigger().uri();
        HttpResponse<String> answer =
            Http.post(
                trigger.resolve("/api/v1/alerts"),
                Webhook.firing("CoreDNSLatencyHigh", "instance", "resolver:9153"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);

        CaptureRecord record = awaitEnd(trigger, answer);

        assertThat(record.failure()).isEmpty();
        assertThat(record.status()).isEqualTo(CaptureStatus.COMPLETED);
        assertThat(record.target().orElseThrow().containerId()).contains("docker://" + id);
        assertThat(record.artifact().orElseThrow().packets()).isPositive();
      }
    }
  }

  private static CaptureRecord awaitEnd(URI trigger, HttpResponse<String> answer) {
    String id =
        Json.mapper().readTree(answer.body()).path("captures").path(0).path("id").stringValue();
    URI record = trigger.resolve("/api/v1/captures/" + id);
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> Json.mapper().readValue(Http.get(record).body(), CaptureRecord.class),
            it -> it.status().terminal());
  }

  private static String trigger(DockerEngine docker) {
    return connections()
        + """
        http: { port: 0 }
        catalog: { type: docker, socket: %s, node: docker-host }
        rules:
          - name: dns
            match: [alertname=CoreDNSLatencyHigh]
            target: { from: [instance] }
            capture: { filter: port 53, interface: lo, duration: 2s }
        """
            .formatted(docker.socket());
  }

  private String capturer() {
    return connections()
        + """
        node: { name: docker-host }
        http: { host: 127.0.0.1, port: 0 }
        spool: { directory: %s, minFree: 1MiB }
        """
            .formatted(scratch.resolve("spool"));
  }

  private static String connections() {
    return Services.connections(kafka, s3)
        .replace(
            "kafka: {", "kafka: { commandsTopic: docker.commands, eventsTopic: docker.events,");
  }
}
