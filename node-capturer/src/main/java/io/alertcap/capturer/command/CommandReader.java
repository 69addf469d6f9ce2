package io.alertcap.capturer.command;

import io.alertcap.foundation.signature.VerifyingKey;
import io.alertcap.schemas.CaptureCommand;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.Failure;
import io.alertcap.schemas.FailureCode;
import io.alertcap.schemas.json.Json;
import io.alertcap.schemas.json.Reading;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads records of the command topic; never throws for what they hold. */
final class CommandReader {

  private static final long LATEST_MILLIS = Instant.parse("9999-12-31T23:59:59Z").toEpochMilli();

  /** Stands for the rule of a command that nobody can read. */
  private static final String UNKNOWN_RULE = "invalid";

  private final String node;
  private final List<VerifyingKey> keys;

  /**
   * @param keys by one of which commands have to be signed; empty where none need be
   */
  CommandReader(String node, List<VerifyingKey> keys) {
    this.node = node;
    this.keys = List.copyOf(keys);
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
    if (!keys.isEmpty() && keys.stream().noneMatch(key -> key.signed(message))) {
      return Optional.of(unsigned(message));
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
    String sentence =
        "The command at %s cannot be read: %s. Commands follow the schema capture-command of alertcap; the sender is to be corrected."
            .formatted(place(message), invalid.sentence());
    CaptureId id = idIn(message.value()).orElseGet(() -> madeUp(message));
    return new NodeCommand.NotUnderstood(id, new Failure(FailureCode.INVALID_COMMAND, sentence));
  }

  /** Not under the id that it has: whoever wrote it could name that of a capture to come. */
  private static NodeCommand unsigned(ConsumerRecord<String, byte[]> message) {
    String sentence =
        "The command at %s for the capture %s is not signed by any of policy.commandKeys of this node: it was written by somebody else than the trigger service, or its kafka.commandSigningKeyFile is missing or another one."
            .formatted(
                place(message), idIn(message.value()).map(CaptureId::value).orElse("(none)"));
    return new NodeCommand.NotUnderstood(
        madeUp(message), new Failure(FailureCode.POLICY_DENIED, sentence));
  }

  private static CaptureId madeUp(ConsumerRecord<String, byte[]> message) {
    // whoever writes to the topic says what time it is, and ids have years of four digits
    long time = Math.clamp(message.timestamp(), 0, LATEST_MILLIS);
    return CaptureId.of(Instant.ofEpochMilli(time), UNKNOWN_RULE, place(message));
  }

  private static String place(ConsumerRecord<String, byte[]> message) {
    return message.topic() + "/" + message.partition() + "/" + message.offset();
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
