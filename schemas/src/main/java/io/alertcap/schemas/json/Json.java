package io.alertcap.schemas.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.alertcap.schemas.InvalidField;
import io.alertcap.schemas.json.Reading.Invalid;
import io.alertcap.schemas.json.Reading.Valid;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * The one JSON mapper. It ignores fields that it does not know, so that a newer sender can speak to
 * an older reader, and is strict in everything else: a number is no text, a text is no number, null
 * is no value, and no field stands twice. Thread-safe.
 */
public final class Json {

  /** Nothing in the contract nests deeper than 5; the rest is room for fields to come. */
  private static final int MAX_DEPTH = 32;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .addModule(TextTypes.module())
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(LogicalType.Textual, Json::refuseOtherThanText)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private Json() {}

  /** What {@code ALLOW_COERCION_OF_SCALARS} does not cover. */
  private static void refuseOtherThanText(MutableCoercionConfig text) {
    text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
  }

  /** For trees and streams; where a whole value is read or written, use the other methods. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /** UTF-8, without white space. */
  public static byte[] write(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  /** For people: indented. */
  public static String pretty(Object value) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
  }

  /** Never throws for what the bytes hold. */
  public static <T> Reading<T> read(byte[] utf8, Class<T> type) {
    try {
      T value = MAPPER.readValue(utf8, type);
      return value == null ? new Invalid<>("", "is null") : new Valid<>(value);
    } catch (JacksonException e) {
      return invalid(e);
    }
  }

  /** Never throws for what the tree holds. */
  public static <T> Reading<T> read(JsonNode tree, Class<T> type) {
    try {
      return new Valid<>(MAPPER.treeToValue(tree, type));
    } catch (JacksonException e) {
      return invalid(e);
    }
  }

  private static <T> Invalid<T> invalid(JacksonException e) {
    String path = path(e.getPath());
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidField field) {
        return new Invalid<>(
            path.isEmpty() ? field.field() : path + "." + field.field(), reason(field));
      }
      if (cause instanceof IllegalArgumentException) {
        return new Invalid<>(path, reason(cause));
      }
    }
    if (e instanceof StreamReadException) {
      return new Invalid<>(path, "is no JSON: " + e.getOriginalMessage());
    }
    if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
      return new Invalid<>(path, "has the wrong type: " + e.getOriginalMessage());
    }
    return new Invalid<>(path, "cannot be read: " + e.getOriginalMessage());
  }

  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? "is not allowed" : message;
  }

  private static String path(List<JacksonException.Reference> references) {
    StringBuilder path = new StringBuilder();
    for (JacksonException.Reference reference : references) {
      if (reference.getPropertyName() == null) {
        path.append('[').append(reference.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(reference.getPropertyName());
      }
    }
    return path.toString();
  }
}
