package io.alertcap.schemas.kafka;

import io.alertcap.schemas.json.EventMessage;
import io.alertcap.schemas.json.EventReader;
import io.alertcap.schemas.json.Reading;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads all that stands on the events topic, without ever throwing; for one consumer. */
public final class EventDeserializer implements Deserializer<EventMessage> {

  private final EventReader reader = new EventReader();

  @Override
  public EventMessage deserialize(String topic, byte @Nullable [] value) {
    return value == null
        ? new EventMessage.Malformed(new Reading.Invalid<>("", "is empty"))
        : reader.readMessage(value);
  }
}
