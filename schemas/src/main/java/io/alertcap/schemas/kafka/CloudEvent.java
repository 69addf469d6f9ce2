package io.alertcap.schemas.kafka;

import io.alertcap.schemas.AccessEvent;
import io.alertcap.schemas.CaptureCommand;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.FailureCode;
import io.alertcap.schemas.NodeState;
import io.alertcap.schemas.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Commands, events and what nodes say of themselves as Kafka records, by the CloudEvents Kafka
 * protocol binding 1.0, binary content mode. The id is a function of what is said, so that a reader
 * can tell that something is said twice.
 */
public final class CloudEvent {

  private static final String OF_CAPTURES = "io.alertcap.capture.";
  private static final String OF_NODES = "io.alertcap.node.";

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
    return withHeaders(message, command.id() + "/" + type, source, OF_CAPTURES + type, at);
  }

  /**
   * An event, keyed by its capture.
   *
   * @param source who says it, as a URI reference: {@code /alertcap/node/worker-3}
   */
  public static ProducerRecord<String, byte[]> of(String topic, CaptureEvent event, String source) {
    String type = event.status().code();
    var message = new ProducerRecord<>(topic, event.id().value(), Json.write(event));
    return withHeaders(
        message, event.id() + "/" + saidBy(event), source, OF_CAPTURES + type, event.at());
  }

  /**
   * That somebody was given a file, keyed by its capture.
   *
   * @param source who says it, as a URI reference: {@code /alertcap/trigger/host-1}
   */
  public static ProducerRecord<String, byte[]> of(String topic, AccessEvent event, String source) {
    var message = new ProducerRecord<>(topic, event.id().value(), Json.write(event));
    String id = event.id() + "/" + AccessEvent.TYPE + "/" + event.access().at();
    return withHeaders(message, id, source, OF_CAPTURES + AccessEvent.TYPE, event.access().at());
  }

  /**
   * What a node says of itself, keyed by its name.
   *
   * @param source who says it, as a URI reference: {@code /alertcap/node/worker-3}
   */
  public static ProducerRecord<String, byte[]> of(String topic, NodeState state, String source) {
    var message = new ProducerRecord<>(topic, state.node(), Json.write(state));
    return withHeaders(
        message, state.node() + "/" + state.at(), source, OF_NODES + "state", state.at());
  }

  /** A node may say, too late, what the trigger service has said in its place. */
  private static String saidBy(CaptureEvent event) {
    String type = event.status().code();
    return event instanceof CaptureEvent.Expired expired
            && expired.failure().code() == FailureCode.NODE_SILENT
        ? type + "/" + FailureCode.NODE_SILENT.code()
        : type;
  }

  private static ProducerRecord<String, byte[]> withHeaders(
      ProducerRecord<String, byte[]> message, String id, String source, String type, Instant at) {
    header(message, "ce_specversion", "1.0");
    header(message, "ce_id", id);
    header(message, "ce_source", source);
    header(message, "ce_type", type);
    header(message, "ce_time", at.toString());
    header(message, "content-type", "application/json");
    return message;
  }

  private static void header(ProducerRecord<String, byte[]> message, String name, String value) {
    message.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
