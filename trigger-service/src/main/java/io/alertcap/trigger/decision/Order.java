package io.alertcap.trigger.decision;

import io.alertcap.schemas.CaptureSpec;
import io.alertcap.trigger.target.TargetSelection;
import java.util.Map;
import java.util.Optional;

/**
 * What a person wants captured, without an alert.
 *
 * @param target whose packets
 * @param labels that the selection reads, as if they were an alert's
 * @param capture which packets
 * @param reason in the person's words
 * @param requestedBy the person, by the name that the operator gave them
 */
public record Order(
    TargetSelection target,
    Map<String, String> labels,
    CaptureSpec capture,
    Optional<String> reason,
    Optional<String> requestedBy) {

  public Order {
    labels = Map.copyOf(labels);
  }
}
