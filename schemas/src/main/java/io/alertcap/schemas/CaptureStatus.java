package io.alertcap.schemas;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Where a capture stands: the type of the event that says most about it. Declared in that order.
 */
public enum CaptureStatus {
  REQUESTED,
  /**
   * May be said by the trigger service of a node that said nothing: what a node says counts more.
   */
  EXPIRED,
  STARTED,
  CAPTURED,
  REJECTED,
  CANCELLED,
  FAILED,
  COMPLETED;

  /** Whether nothing more is to come. */
  public boolean terminal() {
    return switch (this) {
      case REQUESTED, STARTED, CAPTURED -> false;
      case EXPIRED, REJECTED, CANCELLED, FAILED, COMPLETED -> true;
    };
  }

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
