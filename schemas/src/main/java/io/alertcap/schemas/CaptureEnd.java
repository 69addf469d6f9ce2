package io.alertcap.schemas;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
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
  DISK,
  /** What a newer version says, and this one does not know: read, never written of one's own. */
  @JsonEnumDefaultValue
  UNKNOWN;

  /** Whether the file holds less than what was asked for, though nobody decided so. */
  public boolean partial() {
    return switch (this) {
      case DURATION, BYTES, PACKETS, CANCELLED, RESOLVED -> false;
      case TARGET_GONE, INTERRUPTED, DISK, UNKNOWN -> true;
    };
  }

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
