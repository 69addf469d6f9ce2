package io.alertcap.trigger.alertmanager;

import io.alertcap.schemas.Alert;
import java.time.Instant;
import java.util.Optional;

/**
 * One alert of a notification.
 *
 * @param status its own, which may differ from the group's
 * @param endsAt when it was resolved; absent while it fires, and where the sender does not say
 */
public record NotifiedAlert(AlertStatus status, Alert alert, Optional<Instant> endsAt) {

  /** One that fires. */
  public static NotifiedAlert firing(Alert alert) {
    return new NotifiedAlert(AlertStatus.FIRING, alert, Optional.empty());
  }
}
