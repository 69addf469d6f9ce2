package io.alertcap.trigger.access;

import java.util.Locale;

/** What a caller may do. */
public enum Scope {
  /** Send alerts, from which the operator's rules start captures. */
  ALERTS,
  /** Ask for captures, whose and with which filter one likes, and stop any. */
  CAPTURE,
  /** See captures and follow them. */
  READ,
  /** Download packets and transcripts. */
  FILES,
  /** Ask what addresses are called: all that a node needs. */
  NAMES;

  /** As the configuration spells it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
