package io.alertcap.trigger.alertmanager;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.alertcap.schemas.Alert;
import io.alertcap.schemas.InvalidField;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/** One alert as it stands in a webhook's body, before it is known whether it says enough. */
record WebhookEntry(
    @Nullable String status,
    @JsonDeserialize(using = ClippedTexts.class) @Nullable Map<String, String> labels,
    @JsonDeserialize(using = ClippedTexts.class) @Nullable Map<String, String> annotations,
    @Nullable Instant startsAt,
    @Nullable Instant endsAt,
    @Nullable @JsonProperty("generatorURL") String generatorUrl,
    @Nullable String fingerprint) {

  /** Of the heap: an alert, what is decided about it, and its part of the answer. */
  private static final long BYTES_OF_ALERT = 1024;

  /** A text of Java without its characters, and its part of a map. */
  private static final long BYTES_OF_TEXT = 80;

  /** What keeping it will take, in bytes of the heap, estimated. */
  long weight() {
    return BYTES_OF_ALERT + weight(labels) + weight(annotations);
  }

  /**
   * The alert.
   *
   * @throws InvalidField if something is missing or wrong that a decision needs
   */
  NotifiedAlert alert(String groupKey) {
    AlertStatus parsed =
        switch (required(status, "status")) {
          case "firing" -> AlertStatus.FIRING;
          case "resolved" -> AlertStatus.RESOLVED;
          default -> throw new InvalidField("status", "must be firing or resolved");
        };
    Map<String, String> known = required(labels, "labels");
    return new NotifiedAlert(
        parsed,
        new Alert(
            known.getOrDefault("alertname", ""),
            required(fingerprint, "fingerprint"),
            groupKey,
            time(required(startsAt, "startsAt")),
            known,
            Objects.requireNonNullElse(annotations, Map.of()),
            Clip.text(Objects.requireNonNullElse(generatorUrl, ""))),
        Optional.ofNullable(endsAt).filter(end -> parsed == AlertStatus.RESOLVED));
  }

  private static long weight(@Nullable Map<String, String> texts) {
    return texts == null
        ? 0
        : texts.entrySet().stream()
            .mapToLong(
                text -> 2 * BYTES_OF_TEXT + text.getKey().length() + 2L * text.getValue().length())
            .sum();
  }

  /** RFC 3339 has four digits for the year, and so has the id of a capture. */
  private static Instant time(Instant instant) {
    int year = instant.atOffset(ZoneOffset.UTC).getYear();
    if (year < 0 || year > 9999) {
      throw new InvalidField("startsAt", "must be in the years 0000 to 9999");
    }
    return instant;
  }

  private static <T> T required(@Nullable T value, String field) {
    if (value == null) {
      throw new InvalidField(field, "is missing");
    }
    return value;
  }
}
