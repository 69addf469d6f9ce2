package io.alertcap.schemas.json;

import io.alertcap.schemas.CaptureRequest;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.UTF8StreamJsonParser;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.std.DelegatingDeserializer;
import tools.jackson.databind.module.SimpleModule;

/** Asks the {@link EventReader}, where one reads, for the requests that it has read already. */
final class EmbeddedRequests extends DelegatingDeserializer {

  private EmbeddedRequests(ValueDeserializer<?> whole) {
    super(whole);
  }

  static SimpleModule module() {
    return new SimpleModule("alertcap-embedded-requests")
        .setDeserializerModifier(
            new ValueDeserializerModifier() {
              @Override
              public ValueDeserializer<?> modifyDeserializer(
                  DeserializationConfig config,
                  BeanDescription.Supplier type,
                  ValueDeserializer<?> whole) {
                return type.getBeanClass() == CaptureRequest.class
                    ? new EmbeddedRequests(whole)
                    : whole;
              }
            });
  }

  @Override
  protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> whole) {
    return new EmbeddedRequests(whole);
  }

  /**
   * Only the parser of the bytes themselves knows where in them it stands; what was buffered, since
   * the type of the event came late, has no such place.
   */
  @Override
  public Object deserialize(JsonParser json, DeserializationContext context) {
    if (!(context.getAttribute(EventReader.class) instanceof EventReader events)
        || !(json instanceof UTF8StreamJsonParser)
        || !json.hasToken(JsonToken.START_OBJECT)) {
      return super.deserialize(json, context);
    }
    int start = (int) json.currentTokenLocation().getByteOffset();
    json.skipChildren();
    int end = (int) json.currentLocation().getByteOffset();
    return events.request(start, end, () -> read(events.event(), start, end, context));
  }

  private CaptureRequest read(byte[] event, int start, int end, DeserializationContext context) {
    try (JsonParser json =
        context.tokenStreamFactory().createParser(context, event, start, end - start)) {
      json.nextToken();
      return (CaptureRequest) super.deserialize(json, context);
    }
  }
}
