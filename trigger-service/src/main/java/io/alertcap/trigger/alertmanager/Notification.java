package io.alertcap.trigger.alertmanager;

import java.util.List;

/**
 * What one call of the webhook says.
 *
 * @param groupKey of the group of alerts; empty if unknown
 * @param receiver its name as it stands in Alertmanager's configuration; empty if unknown
 * @param truncatedAlerts how many alerts of the group Alertmanager left out ({@code max_alerts}),
 *     of which nothing else is known
 * @param alerts in the order of the payload; may be empty
 */
public record Notification(
    String groupKey, String receiver, long truncatedAlerts, List<NotifiedAlert> alerts) {

  public Notification {
    alerts = List.copyOf(alerts);
  }
}
