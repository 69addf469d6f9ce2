package io.alertcap.schemas.json;

import io.alertcap.schemas.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Durations as {@link DurationText}, instants as RFC 3339 in UTC with 3 or 9 digits of a second.
 */
final class TextTypes {

  private static final DateTimeFormatter MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
  private static final DateTimeFormatter NANOS =
      new DateTimeFormatterBuilder().appendInstant(9).toFormatter();

  private TextTypes() {}

  static SimpleModule module() {
    return new SimpleModule("alertcap-text-types")
        .addSerializer(new Writer<>(Duration.class, DurationText::format))
        .addDeserializer(Duration.class, new Reader<>(Duration.class, DurationText::parse))
        .addSerializer(new Writer<>(Instant.class, TextTypes::format))
        .addDeserializer(Instant.class, new Reader<>(Instant.class, Rfc3339::parse));
  }

  private static String format(Instant instant) {
    boolean wholeMillis = instant.truncatedTo(ChronoUnit.MILLIS).equals(instant);
    return (wholeMillis ? MILLIS : NANOS).format(instant);
  }

  private static final class Writer<T> extends StdSerializer<T> {
    private final Function<T, String> text;

    Writer(Class<T> type, Function<T, String> text) {
      super(type);
      this.text = text;
    }

    @Override
    public void serialize(T value, JsonGenerator json, SerializationContext context) {
      json.writeString(text.apply(value));
    }
  }

  private static final class Reader<T> extends StdDeserializer<T> {
    private final Function<String, T> parse;

    Reader(Class<T> type, Function<String, T> parse) {
      super(type);
      this.parse = parse;
    }

    @Override
    @SuppressWarnings("unchecked")
    public T deserialize(JsonParser json, DeserializationContext context) {
      if (!json.hasToken(JsonToken.VALUE_STRING)) {
        return (T) context.handleUnexpectedToken(handledType(), json);
      }
      try {
        return parse.apply(json.getString());
      } catch (IllegalArgumentException e) {
        throw context.instantiationException(handledType(), e);
      }
    }
  }
}
