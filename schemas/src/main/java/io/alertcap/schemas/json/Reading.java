package io.alertcap.schemas.json;

import java.util.function.Function;

/**
 * What came of reading a message: a value that may be acted upon, or what is wrong with it.
 *
 * @param <T> of the value
 */
public sealed interface Reading<T> {

  /** A whole and valid value. */
  record Valid<T>(T value) implements Reading<T> {}

  /**
   * Not a value.
   *
   * @param path of the field in question, {@code request.target.pod}; empty for the message as a
   *     whole
   * @param message a clause without a subject: "is missing", "must be …"
   */
  record Invalid<T>(String path, String message) implements Reading<T> {

    /** For people: the field, and what is wrong with it. */
    public String sentence() {
      return (path.isEmpty() ? "the message" : path) + " " + message;
    }
  }

  default <R> Reading<R> map(Function<T, R> change) {
    return switch (this) {
      case Valid<T> valid -> new Valid<>(change.apply(valid.value));
      case Invalid<T> invalid -> new Invalid<>(invalid.path, invalid.message);
    };
  }
}
