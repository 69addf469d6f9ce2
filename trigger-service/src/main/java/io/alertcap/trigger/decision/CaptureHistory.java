package io.alertcap.trigger.decision;

import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.CaptureRequest;
import java.util.List;

/**
 * Which captures there were, and which are about to be. Thread-safe; answers from memory.
 *
 * <p>Claims are atomic: of two claims of one incident, or of one rule and pod within its cooldown,
 * or of the last room in a budget, at most one is granted, whichever threads they come from.
 */
public interface CaptureHistory {

  /**
   * Claims a capture, so that nobody else starts it, nor another of the same incident, nor another
   * like it during its cooldown.
   */
  Claim claim(CaptureRequest request, Terms terms);

  /** Gives a granted claim back, as if it had not been made. Without effect on any other id. */
  void release(CaptureId id);

  /**
   * The captures of an alert that are not known to have closed their file.
   *
   * @param fingerprint of the alert
   */
  List<CaptureRecord> running(String fingerprint);
}
