package io.alertcap.schemas;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How it is known which address is the target's. */
public enum TargetKnown {
  /** By whoever asked for the analysis. */
  GIVEN,
  /** It is the one address in all DNS packets, with several others on the other side. */
  INFERRED,
  UNKNOWN;

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return code();
  }
}
