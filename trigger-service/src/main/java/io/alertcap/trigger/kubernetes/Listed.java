package io.alertcap.trigger.kubernetes;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists of the API's objects. */
final class Listed {

  private Listed() {}

  /**
   * The elements of a list that an API server may have written as {@code null}, as it does with the
   * endpoints of a service that selects nothing yet.
   */
  static <T> Stream<T> each(@Nullable List<T> written) {
    return written == null ? Stream.of() : written.stream();
  }
}
