package io.alertcap.schemas;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Which packets are kept, as the target's interfaces see them. */
public enum Direction {
  IN,
  OUT,
  INOUT;

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
