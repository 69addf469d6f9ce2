package io.alertcap.schemas.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.schemas.Examples;
import io.alertcap.schemas.json.Json;
import io.alertcap.schemas.json.Reading;
import org.junit.jupiter.api.Test;

class ReadingDeserializerTest {

  @Test
  void readsWhatWasWritten() {
    var command = Examples.commands().getFirst();
    var event = Examples.events().getFirst();

    assertThat(ReadingDeserializer.commands().deserialize("t", Json.write(command)))
        .isEqualTo(new Reading.Valid<>(command));
    assertThat(ReadingDeserializer.events().deserialize("t", Json.write(event)))
        .isEqualTo(new Reading.Valid<>(event));
  }

  @Test
  void aTombstoneIsEmpty() {
    assertThat(ReadingDeserializer.events().deserialize("t", (byte[]) null))
        .isEqualTo(new Reading.Invalid<>("", "is empty"));
  }

  @Test
  void whatCannotBeReadDoesNotThrow() {
    assertThat(ReadingDeserializer.commands().deserialize("t", "}{".getBytes(UTF_8)))
        .isInstanceOf(Reading.Invalid.class);
    assertThat(ReadingDeserializer.commands().deserialize("t", new byte[0]))
        .isInstanceOf(Reading.Invalid.class);
  }
}
