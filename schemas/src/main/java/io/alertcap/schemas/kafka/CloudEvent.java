package io.alertcap.schemas.kafka;

import io.alertcap.schemas.CaptureCommand;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Commands and events as Kafka records, by the CloudEvents Kafka protocol binding 1.0, binary
 * content mode. The id is a function of what is said, so that a reader can tell that something is
 * said twice.
 */
public final class CloudEvent {

  private static final String TYPE_PREFIX = "io.alertcap.capture.";

  private CloudEvent() {}

  /**
   * A command, keyed by its node.
   *
   * @param source who says it, as a URI reference: {@code /alertcap/trigger/host-1}
   * @param at when it was said
   */
  public static ProducerRecord<String, byte[]> of(
      String topic, CaptureCommand command, String source, Instant at) {
    String type =
        switch (command) {
          case CaptureCommand.Start start -> "start";
          case CaptureCommand.Stop stop -> "stop";
        };
    var message = new ProducerRecord<>(topic, command.node(), Json.write(command));
    return withHeaders(message, command.id() + "/" + type, source, type, at);
  }

  /**
   * An event, keyed by its capture.
   *
   * @param source who says it, as a URI reference: {@code /alertcap/node/worker-3}
   */
  public static ProducerRecord<String, byte[]> of(String topic, CaptureEvent event, String source) {
    String type = event.status().code();
    var message = new ProducerRecord<>(topic, event.id().value(), Json.write(event));
    return withHeaders(message, event.id() + "/" + type, source, type, event.at());
  }

  private static ProducerRecord<String, byte[]> withHeaders(
      ProducerRecord<String, byte[]> message, String id, String source, String type, Instant at) {
    header(message, "ce_specversion", "1.0");
    header(message, "ce_id", id);
    header(message, "ce_source", source);
    header(message, "ce_type", TYPE_PREFIX + type);
    header(message, "ce_time", at.toString());
    header(message, "content-type", "application/json");
    return message;
  }

  private static void header(ProducerRecord<String, byte[]> message, String name, String value) {
    message.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
