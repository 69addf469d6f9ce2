package io.alertcap.foundation.config;

import java.util.Optional;

/**
 * A value that has been read and checked. Where it could not be used, the error is already noted,
 * and whatever is {@linkplain Section#build built} from it is not built.
 */
public final class Setting<T> {

  private final Place place;
  private final Optional<T> value;

  private Setting(Place place, Optional<T> value) {
    this.place = place;
    this.value = value;
  }

  static <T> Setting<T> usable(Place place, T value) {
    return new Setting<>(place, Optional.of(value));
  }

  static <T> Setting<T> unusable(Place place) {
    return new Setting<>(place, Optional.empty());
  }

  /** The value; to be called within {@link Section#build}, which ends early where there is none. */
  public T get() {
    return value.orElseThrow(Unusable::new);
  }

  /** The value, or another where it is unusable: to go on and find more errors. */
  public T orElse(T other) {
    return value.orElse(other);
  }

  /** Notes one more error about this value, at its line. */
  public void reject(String message) {
    place.reject(message);
  }

  boolean isUsable() {
    return value.isPresent();
  }

  /** Ends {@link Section#build} where a part is missing whose error has been noted. */
  static final class Unusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unusable() {
      super("the setting is invalid; its error has been noted", null, false, false);
    }
  }
}
