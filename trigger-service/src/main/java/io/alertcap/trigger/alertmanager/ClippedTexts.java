package io.alertcap.trigger.alertmanager;

import io.alertcap.schemas.Alert;
import io.alertcap.schemas.InvalidField;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/**
 * Reads labels or annotations and keeps, while it reads, no more than an {@link Alert} may have: of
 * a body with a million labels, 128 are ever in memory.
 */
final class ClippedTexts extends ValueDeserializer<Map<String, String>> {

  /** Of all labels together, and of all annotations: fits into a Kafka record of 1 MiB, escaped. */
  private static final int MAX_TOTAL_LENGTH = 65_536;

  @Override
  public Map<String, String> deserialize(JsonParser parser, DeserializationContext context) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      context.handleUnexpectedToken(context.constructType(Map.class), parser);
    }
    Map<String, String> kept = new LinkedHashMap<>();
    int length = 0;
    boolean full = false;
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      requireText(parser.nextToken(), name);
      if (full) {
        continue;
      }
      String clippedName = Clip.text(name);
      String clippedValue = Clip.text(parser.getString());
      length += clippedName.length() + clippedValue.length();
      full = kept.size() == Alert.MAX_ENTRIES || length > MAX_TOTAL_LENGTH;
      if (!full
          && kept.putIfAbsent(clippedName, clippedValue) != null
          && clippedName.equals(name)) {
        throw new InvalidField(name, "is a duplicate: no field may stand twice");
      }
    }
    return kept;
  }

  private static void requireText(JsonToken token, String name) {
    if (token == JsonToken.VALUE_NULL) {
      throw new InvalidField(name, "is missing");
    }
    if (token != JsonToken.VALUE_STRING) {
      throw new InvalidField(name, "must be a string");
    }
  }
}
