package io.alertcap.trigger.decision;

import io.alertcap.schemas.Alert;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.Target;
import java.util.Optional;

/** What is done about one alert, one rule that matches it, and one target of that rule. */
public sealed interface Decision {

  /** Capture. The id is claimed; it is to be released should the command not get out. */
  record Capture(CaptureRequest request) implements Decision {}

  /**
   * Do not capture.
   *
   * @param rule if one matched
   * @param target if one was found
   * @param detail a clause for people: "until 2026-11-22T22:48:35Z"
   */
  record Suppressed(
      Alert alert,
      Optional<String> rule,
      Optional<Target> target,
      SuppressedReason reason,
      String detail)
      implements Decision {

    public String fingerprint() {
      return alert.fingerprint();
    }
  }
}
