package io.alertcap.schemas.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.alertcap.schemas.json.Reading.Invalid;
import io.alertcap.schemas.json.Reading.Valid;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.cfg.MutableConfigOverride;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * The one JSON mapper. It ignores fields that it does not know, so that a newer sender can speak to
 * an older reader, and is strict in everything else: a number is no text, a text is no number,
 * nothing is assumed where a field is missing, and no field stands twice. What may be missing is an
 * {@link java.util.Optional}; null says that it is. Thread-safe.
 */
public final class Json {

  /** Nothing in the contract nests deeper than 5; the rest is room for fields to come. */
  private static final int MAX_DEPTH = 32;

  private static final StreamReadConstraints CONSTRAINTS =
      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build();

  private static final JsonMapper MAPPER =
      JsonMapper.builder(JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build())
          .addModule(TextTypes.module())
          .addModule(EmbeddedRequests.module())
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .enable(EnumFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(LogicalType.Textual, Json::refuseOtherThanText)
          .withCoercionConfig(LogicalType.Float, number -> number.setAcceptBlankAsEmpty(false))
          .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL))
          .withConfigOverride(boolean.class, Json::neverAssumed)
          .withConfigOverride(int.class, Json::neverAssumed)
          .withConfigOverride(long.class, Json::neverAssumed)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private static final ObjectReader ONE_OF_MANY =
      MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Json() {}

  /** What {@code ALLOW_COERCION_OF_SCALARS} does not cover. */
  private static void refuseOtherThanText(MutableCoercionConfig text) {
    text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
  }

  /** Not 0 and not false, neither for null nor for a field that is missing. */
  private static void neverAssumed(MutableConfigOverride primitive) {
    primitive.setNullHandling(JsonSetter.Value.forValueNulls(Nulls.FAIL));
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
      return valid(MAPPER.readValue(utf8, type));
    } catch (JacksonException e) {
      return Misfit.of(e);
    }
  }

  /** For a reader that remembers what it has read. */
  static <T> Reading<T> read(byte[] utf8, Class<T> type, EventReader reader) {
    try {
      return valid(MAPPER.readerFor(type).withAttribute(EventReader.class, reader).readValue(utf8));
    } catch (JacksonException e) {
      return Misfit.of(e);
    }
  }

  /** Never throws for what the tree holds. */
  public static <T> Reading<T> read(JsonNode tree, Class<T> type) {
    try {
      return valid(MAPPER.treeToValue(tree, type));
    } catch (JacksonException e) {
      return Misfit.of(e);
    }
  }

  /**
   * One value within a stream of tokens. Never throws for what the value holds.
   *
   * @param parser at the value's first token, and afterwards behind its last
   */
  public static <T> Reading<T> read(JsonParser parser, Class<T> type) {
    try {
      return valid(ONE_OF_MANY.forType(type).readValue(parser));
    } catch (JacksonException e) {
      return Misfit.of(e);
    }
  }

  private static <T> Reading<T> valid(@Nullable T value) {
    return value == null ? new Invalid<>("", "must not be null") : new Valid<>(value);
  }
}
