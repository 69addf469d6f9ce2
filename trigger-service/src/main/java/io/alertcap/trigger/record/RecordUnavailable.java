package io.alertcap.trigger.record;

import java.util.Objects;
import java.util.Optional;

/** The record cannot be asked, or taken further, now. */
public final class RecordUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RecordUnavailable(String sentence, Optional<Exception> cause) {
    super(sentence, cause.orElse(null));
  }

  /** Why, and what to do. */
  public String sentence() {
    return Objects.requireNonNull(getMessage());
  }
}
