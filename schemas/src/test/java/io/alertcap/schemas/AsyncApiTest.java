package io.alertcap.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.schemas.kafka.CloudEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AsyncApiTest {

  private static final JsonNode ASYNCAPI = Yaml.tree("asyncapi.yaml");
  private static final JsonNode MESSAGES = ASYNCAPI.at("/components/messages");

  @Test
  void describesTheTopics() {
    assertThat(ASYNCAPI.get("channels").valueStream().map(c -> c.get("address").stringValue()))
        .containsExactly("alertcap.commands", "alertcap.events", "alertcap.nodes");
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    assertThat(Yaml.references(ASYNCAPI))
        .isNotEmpty()
        .allSatisfy(reference ->
            assertThat(Yaml.target(ASYNCAPI, reference).isMissingNode()).as(reference).isFalse());
  }

  @Test
  void aChannelHasTheMessagesOfItsSchema() {
    assertThat(ASYNCAPI.at("/channels/commands/messages").propertyNames())
        .containsExactlyInAnyOrderElementsOf(types(Message.COMMAND));
    assertThat(ASYNCAPI.at("/channels/events/messages").propertyNames())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(types(Message.EVENT).stream(), Stream.of(AccessEvent.TYPE)).toList());
  }

  @Test
  void everyMessageIsSentAndReceived() {
    for (String action : List.of("send", "receive")) {
      Set<String> messages =
          ASYNCAPI
              .get("operations")
              .valueStream()
              .filter(operation -> operation.get("action").stringValue().equals(action))
              .flatMap(AsyncApiTest::messages)
              .collect(Collectors.toSet());

      assertThat(messages).as(action).containsExactlyInAnyOrderElementsOf(MESSAGES.propertyNames());
    }
  }

  /** All of a channel's, where an operation names none. */
  private static Stream<String> messages(JsonNode operation) {
    String channel = operation.at("/channel/$ref").stringValue();
    return operation.has("messages")
        ? operation.get("messages").valueStream().map(m -> lastOf(m.get("$ref").stringValue()))
        : Yaml.target(ASYNCAPI, channel).get("messages").propertyNames().stream();
  }

  @Test
  void aMessageIsNamedByItsTypeAndHasThePayloadOfThatType() {
    MESSAGES
        .propertyStream()
        .filter(message -> !message.getKey().equals("nodeState"))
        .forEach(message -> {
          String type = message.getKey();
          JsonNode payload =
              Yaml.target(ASYNCAPI, message.getValue().at("/payload/schema/$ref").stringValue());

          assertThat(message.getValue().get("name").stringValue())
              .isEqualTo("io.alertcap.capture." + type);
          assertThat(payload.at("/properties/type/const").stringValue()).isEqualTo(type);
        });
  }

  @Test
  void theHeadersAreThoseThatAreWritten() {
    ProducerRecord<String, byte[]> message =
        CloudEvent.of("alertcap.events", Examples.events().getFirst(), "/alertcap/node/worker-3");
    List<String> written = Arrays.stream(message.headers().toArray()).map(Header::key).toList();
    JsonNode headers = ASYNCAPI.at("/components/schemas/CloudEventHeaders");

    assertThat(headers.get("properties").propertyNames()).containsExactlyElementsOf(written);
    assertThat(headers.get("required").valueStream().map(JsonNode::stringValue))
        .containsExactlyElementsOf(written);
  }

  private static List<String> types(Message message) {
    return message
        .schemaTree()
        .get("$defs")
        .valueStream()
        .map(variant -> variant.at("/properties/type/const").stringValue())
        .toList();
  }

  private static String lastOf(String reference) {
    return reference.substring(reference.lastIndexOf('/') + 1);
  }
}
