package io.alertcap.schemas.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.schemas.CaptureCommand;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.Examples;
import io.alertcap.schemas.Failure;
import io.alertcap.schemas.FailureCode;
import io.alertcap.schemas.NodeState;
import io.alertcap.schemas.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** By the CloudEvents Kafka protocol binding 1.0.2, section 3.2 (binary content mode). */
class CloudEventTest {

  @Test
  void aStartIsKeyedByItsNode() {
    CaptureCommand command = Examples.commands().getFirst();
    Instant at = Instant.parse("2026-11-22T22:33:36.25Z");

    var message = CloudEvent.of("alertcap.commands", command, "/alertcap/trigger/host-1", at);

    assertThat(message.topic()).isEqualTo("alertcap.commands");
    assertThat(message.key()).isEqualTo("worker-3");
    assertThat(message.value()).isEqualTo(Json.write(command));
    assertThat(message.partition()).isNull();
    assertThat(headers(message))
        .containsExactly(
            Map.entry("ce_specversion", "1.0"),
            Map.entry("ce_id", Examples.ID + "/start"),
            Map.entry("ce_source", "/alertcap/trigger/host-1"),
            Map.entry("ce_type", "io.alertcap.capture.start"),
            Map.entry("ce_time", "2026-11-22T22:33:36.250Z"),
            Map.entry("content-type", "application/json"));
  }

  @Test
  void aStopIsKeyedByItsNode() {
    CaptureCommand stop = Examples.commands().getLast();

    var message = CloudEvent.of("alertcap.commands", stop, "/x", Examples.COMMANDED_AT);

    assertThat(message.key()).isEqualTo("worker-3");
    assertThat(headers(message))
        .containsEntry("ce_id", Examples.ID + "/stop")
        .containsEntry("ce_type", "io.alertcap.capture.stop");
  }

  @ParameterizedTest
  @MethodSource("events")
  void anEventIsKeyedByItsCapture(CaptureEvent event) {
    var message = CloudEvent.of("alertcap.events", event, "/alertcap/node/worker-3");
    String type = Json.mapper().readTree(message.value()).get("type").stringValue();

    assertThat(message.topic()).isEqualTo("alertcap.events");
    assertThat(message.key()).isEqualTo(Examples.ID.value());
    assertThat(headers(message))
        .containsEntry("ce_id", Examples.ID + "/" + type)
        .containsEntry("ce_source", "/alertcap/node/worker-3")
        .containsEntry("ce_type", "io.alertcap.capture." + type)
        .containsEntry("ce_time", event.at().toString());
  }

  static Stream<CaptureEvent> events() {
    return Examples.events().stream();
  }

  @Test
  void whatIsSaidInThePlaceOfANodeHasAnIdOfItsOwn() {
    CaptureEvent event =
        new CaptureEvent.Expired(
            Examples.request(), Instant.EPOCH, new Failure(FailureCode.NODE_SILENT, "no word"));

    assertThat(headers(CloudEvent.of("alertcap.events", event, "/alertcap/trigger/a")))
        .containsEntry("ce_id", Examples.ID + "/expired/node-silent")
        .containsEntry("ce_type", "io.alertcap.capture.expired");
  }

  @Test
  void whatANodeSaysOfItselfIsKeyedByItsName() {
    NodeState state = Examples.nodes().getFirst();

    var message = CloudEvent.of("alertcap.nodes", state, "/alertcap/node/worker-3");

    assertThat(message.key()).isEqualTo("worker-3");
    assertThat(headers(message))
        .containsEntry("ce_id", "worker-3/" + state.at())
        .containsEntry("ce_type", "io.alertcap.node.state");
  }

  @Test
  void theSameEventTwiceHasTheSameBytesTwice() {
    CaptureEvent event = Examples.events().getFirst();

    var once = CloudEvent.of("alertcap.events", event, "/x");
    var twice = CloudEvent.of("alertcap.events", event, "/x");

    assertThat(twice.value()).isEqualTo(once.value());
    assertThat(headers(twice)).isEqualTo(headers(once));
  }

  /** In their order; no name stands twice. */
  private static Map<String, String> headers(ProducerRecord<String, byte[]> message) {
    Map<String, String> headers = new LinkedHashMap<>();
    message
        .headers()
        .forEach(header ->
            assertThat(headers.put(header.key(), new String(header.value(), UTF_8)))
                .as(header.key())
                .isNull());
    return headers;
  }
}
