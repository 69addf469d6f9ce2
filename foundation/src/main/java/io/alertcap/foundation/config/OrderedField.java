package io.alertcap.foundation.config;

import java.util.function.Function;
import java.util.function.Predicate;

/** A field whose values have an order: a number, a duration, a size. */
public final class OrderedField<T extends Comparable<T>> extends Field<T> {

  private final Function<? super T, String> format;

  OrderedField(Place place, Found<T> found, Function<? super T, String> format) {
    super(place, found);
    this.format = format;
  }

  /** Both bounds are allowed values. */
  public OrderedField<T> between(T least, T most) {
    return within(
        value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
        "must be between " + format.apply(least) + " and " + format.apply(most));
  }

  public OrderedField<T> atLeast(T least) {
    return within(value -> value.compareTo(least) >= 0, "must be at least " + format.apply(least));
  }

  private OrderedField<T> within(Predicate<T> bounds, String rule) {
    return new OrderedField<>(
        place(), checked(bounds, value -> rule + ", and is " + format.apply(value)), format);
  }
}
