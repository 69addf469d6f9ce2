package io.alertcap.capturer.meter;

import java.util.Locale;

/** What became of a command that was addressed to this node: exactly one of these. */
public enum CommandOutcome {
  /** A capture will be run. */
  ACCEPTED,
  /** Refused by policy or budget. */
  REJECTED,
  /** Came too late. */
  EXPIRED,
  /** Started before: the capture is under way or done. */
  DUPLICATE,
  /** Could not be read. */
  INVALID,
  /** A capture that was under way is being stopped. */
  STOPPED,
  /** To stop a capture that has ended, or that nobody here knows. */
  STOP_WITHOUT_EFFECT;

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
