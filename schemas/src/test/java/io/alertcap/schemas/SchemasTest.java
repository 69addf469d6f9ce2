package io.alertcap.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.schemas.json.Json;
import io.alertcap.schemas.json.Reading;
import java.util.Collection;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What Java writes is valid, and what is valid Java reads and would write the same. */
class SchemasTest {

  @ParameterizedTest
  @MethodSource("examples")
  void whatJavaWritesIsValidAndComesBackEqual(Object value) {
    JsonNode document = Json.mapper().readTree(Json.write(value));

    assertThat(Message.of(value).schemaErrors(document)).isEmpty();
    assertThat(Message.of(value).read(document)).isEqualTo(new Reading.Valid<>(value));
  }

  static Stream<Object> examples() {
    return Stream.of(
            Examples.commands(),
            Examples.events(),
            Examples.records(),
            Examples.nodes(),
            Examples.accesses())
        .flatMap(Collection::stream);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "capture-command.start.json",
        "capture-command.start-by-hand.json",
        "capture-command.stop.json",
        "capture-event.requested.json",
        "capture-event.started.json",
        "capture-event.captured.json",
        "capture-event.completed.json",
        "capture-event.failed.json",
        "capture-event.rejected.json",
        "capture-event.expired.json",
        "capture-event.cancelled.json",
        "capture-record.completed.json",
        "capture-record.rejected.json",
        "node-state.json",
        "access-event.json"
      })
  void writtenByHandIsValidAndJavaWouldWriteTheSame(String file) {
    JsonNode document = Message.tree("examples/" + file);
    Message message = Message.named(file);

    assertThat(message.schemaErrors(document)).isEmpty();
    assertThat(message.read(document))
        .isInstanceOfSatisfying(
            Reading.Valid.class,
            valid ->
                assertThat(Json.mapper().readTree(Json.write(valid.value()))).isEqualTo(document));
  }
}
