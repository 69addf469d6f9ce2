package io.alertcap.schemas.json;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import io.alertcap.schemas.InvalidField;
import io.alertcap.schemas.json.Reading.Invalid;
import java.lang.reflect.AnnotatedElement;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAmount;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;

/** Says what Jackson found in the words of the sender: fields and JSON, not classes and Java. */
final class Misfit {

  static final String UNKNOWN_TYPE = "is unknown: ";

  private Misfit() {}

  static <T> Invalid<T> of(JacksonException e) {
    String path = path(e.getPath());
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidField field) {
        return new Invalid<>(child(path, field.field()), reason(field));
      }
      if (cause instanceof IllegalArgumentException) {
        return new Invalid<>(path, reason(cause));
      }
    }
    return e instanceof InvalidTypeIdException type
        ? new Invalid<>(child(path, typeField(type)), typeMessage(type))
        : new Invalid<>(path, message(e));
  }

  private static String message(JacksonException e) {
    return switch (e) {
      case InvalidNullException missing -> "is missing";
      case MismatchedInputException mismatch when mismatch.getTargetType() != null ->
          "must be "
              + expected(mismatch.getTargetType())
              + (e.getPath().isEmpty() ? ", and nothing else" : "");
      case InputCoercionException overflow -> "is out of range";
      case StreamReadException malformed -> "is no JSON: " + malformed.getOriginalMessage();
      default -> "cannot be read: " + e.getOriginalMessage();
    };
  }

  private static String expected(Class<?> type) {
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(constant -> Json.mapper().convertValue(constant, String.class))
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      return "a whole number";
    }
    if (type.isArray() || Collection.class.isAssignableFrom(type)) {
      return "an array";
    }
    return isText(type) ? "a string" : "an object";
  }

  private static boolean isText(Class<?> type) {
    return CharSequence.class.isAssignableFrom(type)
        || Temporal.class.isAssignableFrom(type)
        || TemporalAmount.class.isAssignableFrom(type)
        || Arrays.stream(type.getMethods()).anyMatch(Misfit::isValue);
  }

  private static boolean isValue(AnnotatedElement method) {
    return method.isAnnotationPresent(JsonValue.class);
  }

  private static String typeField(InvalidTypeIdException e) {
    JsonTypeInfo info = e.getBaseType().getRawClass().getAnnotation(JsonTypeInfo.class);
    return info == null ? "type" : info.property();
  }

  private static String typeMessage(InvalidTypeIdException e) {
    return e.getTypeId() == null ? "is missing" : UNKNOWN_TYPE + e.getTypeId();
  }

  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? "is not allowed" : message;
  }

  private static String path(List<JacksonException.Reference> references) {
    String path = "";
    for (JacksonException.Reference reference : references) {
      path =
          reference.getPropertyName() == null
              ? path + "[" + reference.getIndex() + "]"
              : child(path, reference.getPropertyName());
    }
    return path;
  }

  private static String child(String parent, String field) {
    return parent.isEmpty() ? field : parent + "." + field;
  }
}
