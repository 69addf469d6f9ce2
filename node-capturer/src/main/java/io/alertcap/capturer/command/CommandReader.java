package io.alertcap.capturer.command;

import io.alertcap.schemas.CaptureCommand;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.Failure;
import io.alertcap.schemas.FailureCode;
import io.alertcap.schemas.json.Json;
import io.alertcap.schemas.json.Reading;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads records of the command topic; never throws for what they hold. */
final class CommandReader {

  /** Stands for the rule of a command that nobody can read. */
  private static final String UNKNOWN_RULE = "invalid";

  private final String node;

  CommandReader(String node) {
    this.node = node;
  }

  /** Empty for what is addressed to another node. */
  Optional<NodeCommand> read(ConsumerRecord<String, byte[]> message) {
    if (!node.equals(message.key())) {
      return Optional.empty();
    }
    byte @Nullable [] value = message.value();
    if (value == null) {
      return Optional.of(unreadable(message, new Reading.Invalid<>("", "is empty")));
    }
    return Optional.of(
        switch (Json.read(value, CaptureCommand.class)) {
          case Reading.Valid<CaptureCommand>(CaptureCommand command) -> addressed(message, command);
          case Reading.Invalid<CaptureCommand> invalid -> unreadable(message, invalid);
        });
  }

  private NodeCommand addressed(ConsumerRecord<String, byte[]> message, CaptureCommand command) {
    return command.node().equals(node)
        ? new NodeCommand.Understood(command)
        : unreadable(
            message,
            new Reading.Invalid<>("node", "is " + command.node() + ", the key is " + node));
  }

  private static NodeCommand unreadable(
      ConsumerRecord<String, byte[]> message, Reading.Invalid<CaptureCommand> invalid) {
    String place = message.topic() + "/" + message.partition() + "/" + message.offset();
    String sentence =
        "The command at %s cannot be read: %s. Commands follow the schema capture-command of alertcap; the sender is to be corrected."
            .formatted(place, invalid.sentence());
    CaptureId id =
        idIn(message.value())
            .orElseGet(
                () -> CaptureId.of(Instant.ofEpochMilli(message.timestamp()), UNKNOWN_RULE, place));
    return new NodeCommand.NotUnderstood(id, new Failure(FailureCode.INVALID_COMMAND, sentence));
  }

  private static Optional<CaptureId> idIn(byte @Nullable [] value) {
    if (value == null) {
      return Optional.empty();
    }
    try {
      JsonNode message = Json.mapper().readTree(value);
      JsonNode id = message.path("request").path("id");
      String text = (id.isMissingNode() ? message.path("id") : id).asString("");
      return Optional.of(new CaptureId(text));
    } catch (JacksonException | IllegalArgumentException none) {
      return Optional.empty();
    }
  }
}
