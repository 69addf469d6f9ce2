package io.alertcap.trigger.access;

import java.util.Locale;

/** What a caller may do. */
public enum Scope {
  /** Send alerts, from which the operator's rules start captures. */
  ALERTS,
  /** Ask for captures, whose and with which filter one likes, and stop any. */
  CAPTURE,
  /** See captures, follow them, download them, and ask what addresses are called. */
  READ;

  /** As the configuration spells it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
