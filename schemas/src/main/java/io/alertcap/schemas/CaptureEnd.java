package io.alertcap.schemas;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a capture stopped. */
public enum CaptureEnd {
  DURATION,
  BYTES,
  PACKETS,
  CANCELLED,
  RESOLVED,
  TARGET_GONE,
  INTERRUPTED,
  DISK;

  /** Whether the file holds less than what was asked for, though nobody decided so. */
  public boolean partial() {
    return switch (this) {
      case DURATION, BYTES, PACKETS, CANCELLED, RESOLVED -> false;
      case TARGET_GONE, INTERRUPTED, DISK -> true;
    };
  }

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
