package io.alertcap.schemas.kafka;

import io.alertcap.schemas.CaptureCommand;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.json.Json;
import io.alertcap.schemas.json.Reading;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads values without ever throwing: a deserializer that throws stops its consumer at that offset
 * for good, and one malformed message must not silence a node.
 *
 * @param <T> of the values
 */
public final class ReadingDeserializer<T> implements Deserializer<Reading<T>> {

  private final Class<T> type;

  private ReadingDeserializer(Class<T> type) {
    this.type = type;
  }

  public static ReadingDeserializer<CaptureCommand> commands() {
    return new ReadingDeserializer<>(CaptureCommand.class);
  }

  public static ReadingDeserializer<CaptureEvent> events() {
    return new ReadingDeserializer<>(CaptureEvent.class);
  }

  @Override
  public Reading<T> deserialize(String topic, byte @Nullable [] value) {
    return value == null ? new Reading.Invalid<>("", "is empty") : Json.read(value, type);
  }
}
