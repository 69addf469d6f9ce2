package io.alertcap.trigger.alertmanager;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.alertcap.schemas.Alert;
import io.alertcap.schemas.InvalidField;
import io.alertcap.schemas.json.Json;
import io.alertcap.schemas.json.Reading;
import io.alertcap.schemas.json.Reading.Invalid;
import io.alertcap.schemas.json.Reading.Valid;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of Alertmanager's webhook, version 4 ({@code Message} in its {@code
 * notify/webhook/webhook.go}, {@code Data} in its {@code template/template.go}).
 *
 * <p>Fields that are unknown are ignored and those that no decision needs may be absent, since
 * releases of Alertmanager differ in both. What a decision needs must be there and be right.
 */
public final class WebhookPayload {

  private static final String VERSION = "4";
  private static final int MAX_SHOWN = 200;

  /** What Go's regexp.QuoteMeta, which Alertmanager applies to the receiver's name, escapes. */
  private static final Pattern QUOTED = Pattern.compile("\\\\([\\\\.+*?()|\\[\\]{}^$])");

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private WebhookPayload() {}

  private record Body(
      @Nullable String version,
      @Nullable String receiver,
      @Nullable String groupKey,
      @Nullable Long truncatedAlerts,
      @Nullable List<@Nullable Entry> alerts) {}

  private record Entry(
      @Nullable String status,
      @Nullable Map<String, @Nullable String> labels,
      @Nullable Map<String, @Nullable String> annotations,
      @Nullable Instant startsAt,
      @Nullable Instant endsAt,
      @Nullable @JsonProperty("generatorURL") String generatorUrl,
      @Nullable String fingerprint) {}

  /**
   * Reads a body; never throws for what it holds.
   *
   * <p>Labels, annotations and other texts that are longer than an {@link Alert} allows are cut and
   * end in "…"; labels after the 128th are left out. A body without {@code alerts} is refused, for
   * Alertmanager always sends them: a template that forgets them would otherwise never be noticed.
   * An empty list is valid.
   */
  public static Reading<Notification> read(byte[] body) {
    if (body.length == 0) {
      return new Invalid<>("", "is empty");
    }
    return switch (Json.read(body, Body.class)) {
      case Valid<Body>(Body read) -> notification(read);
      case Invalid<Body>(String path, String message) -> invalid(path, message);
    };
  }

  private static Reading<Notification> notification(Body body) {
    List<NotifiedAlert> alerts = new ArrayList<>();
    String path = "";
    try {
      String version = required(body.version, "version");
      if (!version.equals(VERSION)) {
        throw new InvalidField("version", "must be \"4\", the only one that is understood");
      }
      String groupKey = Clip.text(orEmpty(body.groupKey));
      for (Entry entry : required(body.alerts, "alerts")) {
        path = "alerts[" + alerts.size() + "]";
        alerts.add(alert(required(entry, ""), groupKey));
      }
      path = "";
      String receiver = QUOTED.matcher(orEmpty(body.receiver)).replaceAll("$1");
      return new Valid<>(
          new Notification(groupKey, Clip.text(receiver), count(body.truncatedAlerts), alerts));
    } catch (InvalidField e) {
      String separator = path.isEmpty() || e.field().isEmpty() ? "" : ".";
      return invalid(path + separator + e.field(), Objects.requireNonNull(e.getMessage()));
    }
  }

  private static NotifiedAlert alert(Entry entry, String groupKey) {
    AlertStatus status =
        switch (required(entry.status, "status")) {
          case "firing" -> AlertStatus.FIRING;
          case "resolved" -> AlertStatus.RESOLVED;
          default -> throw new InvalidField("status", "must be firing or resolved");
        };
    Map<String, String> labels = texts(required(entry.labels, "labels"), "labels");
    Map<String, String> annotations =
        entry.annotations == null ? Map.of() : texts(entry.annotations, "annotations");
    return new NotifiedAlert(
        status,
        new Alert(
            labels.getOrDefault("alertname", ""),
            required(entry.fingerprint, "fingerprint"),
            groupKey,
            time(required(entry.startsAt, "startsAt")),
            labels,
            annotations,
            Clip.text(orEmpty(entry.generatorUrl))),
        Optional.ofNullable(entry.endsAt).filter(end -> status == AlertStatus.RESOLVED));
  }

  private static Map<String, String> texts(Map<String, @Nullable String> values, String field) {
    values.forEach((name, value) -> required(value, () -> field + "." + name));
    @SuppressWarnings("NullAway") // every value was looked at
    Map<String, String> texts = values;
    return Clip.entries(texts);
  }

  /** RFC 3339 has four digits for the year, and so has the id of a capture. */
  private static Instant time(Instant instant) {
    int year = instant.atOffset(ZoneOffset.UTC).getYear();
    if (year < 0 || year > 9999) {
      throw new InvalidField("startsAt", "must be in the years 0000 to 9999");
    }
    return instant;
  }

  private static long count(@Nullable Long truncatedAlerts) {
    if (truncatedAlerts == null) {
      return 0;
    }
    if (truncatedAlerts < 0) {
      throw new InvalidField("truncatedAlerts", "must not be negative");
    }
    return truncatedAlerts;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static <T> T required(@Nullable T value, String field) {
    return required(value, () -> field);
  }

  private static <T> T required(@Nullable T value, Supplier<String> field) {
    if (value == null) {
      throw new InvalidField(field.get(), "is missing");
    }
    return value;
  }

  /** The path and the message may quote the sender: kept short, and on one line of a log. */
  private static Invalid<Notification> invalid(String path, String message) {
    return new Invalid<>(shown(path), shown(message));
  }

  private static String shown(String text) {
    return CONTROL.matcher(Clip.to(MAX_SHOWN, text)).replaceAll("?");
  }
}
