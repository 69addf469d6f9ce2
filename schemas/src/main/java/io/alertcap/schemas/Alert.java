package io.alertcap.schemas;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The alert that asked for a capture, as Alertmanager told it.
 *
 * @param alertname the label of that name
 * @param fingerprint Alertmanager's hash of the labels, hexadecimal
 * @param groupKey the group the alert was notified in
 * @param startsAt when it began to fire, by Prometheus' clock
 * @param labels in Alertmanager's order
 * @param annotations in Alertmanager's order
 * @param generatorUrl where it came from; empty if unknown
 */
public record Alert(
    String alertname,
    String fingerprint,
    String groupKey,
    Instant startsAt,
    Map<String, String> labels,
    Map<String, String> annotations,
    @JsonProperty("generatorURL") String generatorUrl) {

  /** Most labels, or annotations, that a message carries. */
  public static final int MAX_ENTRIES = 128;

  /** Longest label or annotation, and longest of the other texts, in characters. */
  public static final int MAX_LENGTH = 4096;

  private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{1,64}");

  public Alert {
    Constraints.atMost(alertname, MAX_LENGTH, "alertname");
    Constraints.matching(fingerprint, FINGERPRINT, "fingerprint", "a hexadecimal fingerprint");
    Constraints.atMost(groupKey, MAX_LENGTH, "groupKey");
    Constraints.present(startsAt, "startsAt");
    labels = Constraints.bounded(labels, MAX_ENTRIES, MAX_LENGTH, "labels");
    annotations = Constraints.bounded(annotations, MAX_ENTRIES, MAX_LENGTH, "annotations");
    Constraints.atMost(generatorUrl, MAX_LENGTH, "generatorURL");
  }
}
