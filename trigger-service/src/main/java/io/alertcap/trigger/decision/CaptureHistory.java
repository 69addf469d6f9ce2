package io.alertcap.trigger.decision;

import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRequest;
import java.time.Duration;

/**
 * Which captures there were, and which are about to be. Thread-safe; answers from memory.
 *
 * <p>Claims are atomic: of two claims of one id, or of one rule and pod within its cooldown, at
 * most one is granted, whichever threads they come from.
 */
public interface CaptureHistory {

  /**
   * Claims a capture, so that nobody else starts it, nor another like it during its cooldown.
   *
   * @param cooldown of the rule, counted from an earlier capture's command to this one's
   */
  Claim claim(CaptureRequest request, Duration cooldown);

  /** Gives a granted claim back, as if it had not been made. Without effect on any other id. */
  void release(CaptureId id);
}
