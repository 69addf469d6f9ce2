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

  /**
   * Of all labels together, and of all annotations, as JSON: an event carries both, and a report
   * besides, in a Kafka record of 1 MiB.
   */
  private static final int MAX_TOTAL_BYTES = 256 << 10;

  @Override
  public Map<String, String> deserialize(JsonParser parser, DeserializationContext context) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      context.handleUnexpectedToken(context.constructType(Map.class), parser);
    }
    Map<String, String> kept = new LinkedHashMap<>();
    int bytes = 0;
    boolean full = false;
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      requireText(parser.nextToken(), name);
      if (full) {
        continue;
      }
      String clippedName = Clip.text(name);
      String clippedValue = Clip.text(parser.getString());
      bytes += Clip.jsonBytes(clippedName) + Clip.jsonBytes(clippedValue);
      full = kept.size() == Alert.MAX_ENTRIES || bytes > MAX_TOTAL_BYTES;
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
