package io.alertcap.trigger;

import static io.alertcap.trigger.alertmanager.Payloads.recorded;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.schemas.CaptureCommand;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.Failure;
import io.alertcap.schemas.FailureCode;
import io.alertcap.schemas.NodeState;
import io.alertcap.schemas.kafka.CloudEvent;
import io.alertcap.testing.KafkaExtension;
import io.alertcap.trigger.web.Http;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A node that is not there, and one that is cut off from a real broker, and late. */
@Timeout(90)
class NodesIT {

  @RegisterExtension static final KafkaExtension kafka = new KafkaExtension();

  @TempDir Path directory;

  private TriggerConfig config;
  private TriggerService service;
  private Http http;

  private record Taken(List<Begun> captures) {}

  private record Begun(CaptureId id) {}

  @BeforeEach
  void starts() throws Exception {
    config =
        TestConfig.read(
            TestConfig.write(
                directory,
                kafka.bootstrapServers(),
                URI.create("http://127.0.0.1:9"),
                "captures",
                "key",
                "secret"));
    service = TriggerService.start(config);
    http = new Http(service.uri());
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> http.get("/readyz").body().contains("\"nodes\":\"ready\""));
  }

  @AfterEach
  void stops() {
    http.close();
    service.close();
  }

  @Test
  void aTargetOnANodeThatNeverSpokeIsNamedUntilItDoes() throws Exception {
    Http.Response before = http.postAlerts(recorded("single-firing.json"));
    assertThat(before.status()).isEqualTo(202);
    assertThat(before.body()).contains("\"unknownNodes\":[\"node1\"]");
    assertThat(http.get("/metrics").body()).contains("alertcap_captures_unknown_node_total 1.0");

    String topic = config.kafka().nodesTopic();
    NodeState state = new NodeState("node1", "1.0.0", Instant.now(), Instant.now(), List.of());
    topic(topic).write(CloudEvent.of(topic, state, "/alertcap/node/node1"));

    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> http.get("/api/v1/nodes").body().contains("\"node1\""));
    Http.Response mixed = http.postAlerts(recorded("mixed-resolved.json"));
    assertThat(mixed.status()).isEqualTo(202);
    assertThat(mixed.body()).doesNotContain("\"unknownNodes\":[\"node1\"");
  }

  /** The trigger service has spoken for it; what it says when it is back counts, and is new. */
  @Test
  void ofANodeThatWasCutOffItsOwnWordCounts() throws Exception {
    CaptureId id =
        http.postAlerts(recorded("single-firing.json")).as(Taken.class).captures().getFirst().id();
    CaptureRequest request = request(id);
    Instant spokenFor = request.expiresAt().plusSeconds(30);
    publish(expired(request, spokenFor, FailureCode.NODE_SILENT), "/alertcap/trigger/a");
    awaitCode(id, FailureCode.NODE_SILENT);

    publish(expired(request, spokenFor.plusSeconds(60), FailureCode.EXPIRED), "/alertcap/node/n");

    awaitCode(id, FailureCode.EXPIRED);
    publish(expired(request, spokenFor, FailureCode.NODE_SILENT), "/alertcap/trigger/b");
    publish(Events.started(request), "/alertcap/node/n");
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> http.get("/api/v1/captures/" + id).body().contains("\"status\":\"started\""));
    String topic = config.kafka().eventsTopic();
    assertThat(topic(topic).read())
        .extracting(message -> new String(message.headers().lastHeader("ce_id").value(), UTF_8))
        .contains(id + "/expired", id + "/expired/node-silent");
  }

  private void awaitCode(CaptureId id, FailureCode code) {
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() ->
            assertThat(
                    http.get("/api/v1/captures/" + id)
                        .as(CaptureRecord.class)
                        .failure()
                        .map(Failure::code))
                .contains(code));
  }

  private static CaptureEvent expired(CaptureRequest request, Instant at, FailureCode code) {
    return new CaptureEvent.Expired(request, at, new Failure(code, "said by a test"));
  }

  private CaptureRequest request(CaptureId id) {
    return topic(config.kafka().commandsTopic()).read(CaptureCommand.class).stream()
        .map(CaptureCommand.Start.class::cast)
        .map(CaptureCommand.Start::request)
        .filter(request -> request.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private void publish(CaptureEvent event, String source) throws Exception {
    String topic = config.kafka().eventsTopic();
    topic(topic).write(CloudEvent.of(topic, event, source));
  }

  private Topic topic(String name) {
    return new Topic(kafka.bootstrapServers(), name);
  }
}
