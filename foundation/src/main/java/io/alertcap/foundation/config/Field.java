package io.alertcap.foundation.config;

import io.alertcap.foundation.config.Found.Broken;
import io.alertcap.foundation.config.Found.Nothing;
import io.alertcap.foundation.config.Found.Value;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What was found under a key, while it is being described: {@code
 * text("filter").as(Filter::parse).orElse(Filter.ALL)}. Every description ends in {@link
 * #required}, {@link #orElse} or {@link #optional}.
 */
public sealed class Field<T> permits OrderedField {

  private final Place place;
  private final Found<T> found;

  Field(Place place, Found<T> found) {
    this.place = place;
    this.found = found;
  }

  /** The value must be given. */
  public Setting<T> required() {
    return switch (found) {
      case Value<T> given -> Setting.usable(place, given.value());
      case Broken<T> broken -> Setting.unusable(place);
      case Nothing<T> nothing -> {
        place.reject("is missing");
        yield Setting.unusable(place);
      }
    };
  }

  /** The value, or this one where none is given. */
  public Setting<T> orElse(T standard) {
    return switch (found) {
      case Value<T> given -> Setting.usable(place, given.value());
      case Broken<T> broken -> Setting.unusable(place);
      case Nothing<T> nothing -> Setting.usable(place, standard);
    };
  }

  /** The value, if one is given. */
  public Setting<Optional<T>> optional() {
    return switch (found) {
      case Value<T> given -> Setting.usable(place, Optional.of(given.value()));
      case Broken<T> broken -> Setting.unusable(place);
      case Nothing<T> nothing -> Setting.usable(place, Optional.empty());
    };
  }

  /**
   * The value as something else.
   *
   * @param parser may throw {@link IllegalArgumentException}, whose message becomes the error
   */
  public <R> Field<R> as(Function<? super T, ? extends R> parser) {
    return new Field<>(place, parsed(parser));
  }

  /**
   * Refuses values that do not meet a condition.
   *
   * @param message what is wrong where the condition does not hold, such as "must not be empty"
   */
  public Field<T> check(Predicate<? super T> condition, String message) {
    return new Field<>(place, checked(condition, value -> message));
  }

  /** A field whose values have an order, and so can be given bounds. */
  <R extends Comparable<R>> OrderedField<R> ordered(
      Function<? super T, ? extends R> parser, Function<? super R, String> format) {
    return new OrderedField<>(place, parsed(parser), format);
  }

  /** This one or that one; giving both is an error. */
  Field<T> orInstead(Field<T> other) {
    if (found instanceof Nothing) {
      return other.found instanceof Nothing ? this : other;
    }
    if (other.found instanceof Nothing) {
      return this;
    }
    other.place.reject("is given, and so is " + place.path() + ": leave one of them out");
    return new Field<>(place, new Broken<>());
  }

  final Place place() {
    return place;
  }

  final Found<T> checked(Predicate<? super T> condition, Function<? super T, String> message) {
    if (found instanceof Value<T>(T value) && !condition.test(value)) {
      place.reject(message.apply(value));
      return new Broken<>();
    }
    return found;
  }

  private <R> Found<R> parsed(Function<? super T, ? extends R> parser) {
    return switch (found) {
      case Nothing<T> nothing -> new Nothing<>();
      case Broken<T> broken -> new Broken<>();
      case Value<T> given -> {
        try {
          yield new Value<>(parser.apply(given.value()));
        } catch (IllegalArgumentException e) {
          place.reject(e);
          yield new Broken<>();
        }
      }
    };
  }
}
