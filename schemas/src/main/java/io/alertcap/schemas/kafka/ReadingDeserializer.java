package io.alertcap.schemas.kafka;

import io.alertcap.schemas.CaptureCommand;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.NodeState;
import io.alertcap.schemas.json.EventReader;
import io.alertcap.schemas.json.Json;
import io.alertcap.schemas.json.Reading;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads values without ever throwing: a deserializer that throws stops its consumer at that offset
 * for good, and one malformed message must not silence a node.
 *
 * @param <T> of the values
 */
public final class ReadingDeserializer<T> implements Deserializer<Reading<T>> {

  private final Function<byte[], Reading<T>> reader;

  private ReadingDeserializer(Function<byte[], Reading<T>> reader) {
    this.reader = reader;
  }

  public static ReadingDeserializer<CaptureCommand> commands() {
    return new ReadingDeserializer<>(value -> Json.read(value, CaptureCommand.class));
  }

  /** For one consumer, as it is not thread-safe either. */
  public static ReadingDeserializer<CaptureEvent> events() {
    return new ReadingDeserializer<>(new EventReader()::read);
  }

  public static ReadingDeserializer<NodeState> nodes() {
    return new ReadingDeserializer<>(value -> Json.read(value, NodeState.class));
  }

  @Override
  public Reading<T> deserialize(String topic, byte @Nullable [] value) {
    return value == null ? new Reading.Invalid<>("", "is empty") : reader.apply(value);
  }
}
