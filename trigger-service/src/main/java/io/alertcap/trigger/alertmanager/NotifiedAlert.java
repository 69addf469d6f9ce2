package io.alertcap.trigger.alertmanager;

import io.alertcap.schemas.Alert;

/**
 * One alert of a notification.
 *
 * @param status its own, which may differ from the group's
 */
public record NotifiedAlert(AlertStatus status, Alert alert) {}
