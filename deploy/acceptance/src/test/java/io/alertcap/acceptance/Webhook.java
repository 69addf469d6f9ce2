package io.alertcap.acceptance;

import java.time.Instant;

/** Bodies as Alertmanager posts them. */
public final class Webhook {

  private Webhook() {}

  /** One alert that has just begun to fire, with one label besides its name. */
  public static String firing(String alertname, String label, String value) {
    return """
    { "version": "4", "groupKey": "g", "status": "firing", "receiver": "alertcap",
      "groupLabels": {}, "commonLabels": {}, "commonAnnotations": {}, "externalURL": "",
      "truncatedAlerts": 0,
      "alerts": [{
        "status": "firing", "fingerprint": "376a0fe13124867f",
        "labels": { "alertname": "%s", "%s": "%s" },
        "annotations": {}, "startsAt": "%s",
        "endsAt": "0001-01-01T00:00:00Z", "generatorURL": "" }] }
    """
        .formatted(alertname, label, value, Instant.now());
  }
}
