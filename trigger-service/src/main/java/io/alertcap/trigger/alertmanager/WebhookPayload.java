package io.alertcap.trigger.alertmanager;

import io.alertcap.schemas.Alert;
import io.alertcap.schemas.InvalidField;
import io.alertcap.schemas.json.Json;
import io.alertcap.schemas.json.Reading;
import io.alertcap.schemas.json.Reading.Invalid;
import io.alertcap.schemas.json.Reading.Valid;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the body of Alertmanager's webhook, version 4 ({@code Message} in its {@code
 * notify/webhook/webhook.go}, {@code Data} in its {@code template/template.go}), alert by alert, so
 * that no more of it is in memory than is kept.
 *
 * <p>Fields that are unknown are ignored and those that no decision needs may be absent, since
 * releases of Alertmanager differ in both. What a decision needs must be there and be right.
 */
public final class WebhookPayload {

  private static final String VERSION = "4";
  private static final int MAX_SHOWN = 200;

  /** Alertmanager nests 3 deep; the rest is room for fields to come. */
  private static final int MAX_DEPTH = 32;

  /** Of one text, in characters, before it is cut: while it is read, it is in memory. */
  private static final int MAX_TEXT = 8 << 20;

  /** What Go's regexp.QuoteMeta, which Alertmanager applies to the receiver's name, escapes. */
  private static final Pattern QUOTED = Pattern.compile("\\\\([\\\\.+*?()|\\[\\]{}^$])");

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  /** Without the table of names, in which every name that was ever read would stay. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_TEXT)
                  .build())
          .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
          .build();

  private final JsonParser parser;
  private final MemoryBudget budget;
  private final ArrayDeque<WebhookEntry> entries = new ArrayDeque<>();
  private boolean hasAlerts;
  private @Nullable String version;
  private @Nullable String receiver;
  private @Nullable String groupKey;
  private long truncatedAlerts;

  private WebhookPayload(JsonParser parser, MemoryBudget budget) {
    this.parser = parser;
    this.budget = budget;
  }

  /** As {@link #read(InputStream, MemoryBudget)}, of a body that is small enough in any case. */
  public static Reading<Notification> read(byte[] body) {
    return switch (read(new ByteArrayInputStream(body), bytes -> true)) {
      case WebhookReading.Whole(Notification notification) -> new Valid<>(notification);
      case WebhookReading.Malformed(Invalid<Notification> problem) -> problem;
      case WebhookReading.OutOfMemory none -> throw new IllegalStateException("without a limit");
    };
  }

  /**
   * Reads a body; never throws for what it holds.
   *
   * <p>Labels, annotations and other texts that are longer than an {@link Alert} allows are cut and
   * end in "…"; labels after the 128th are left out. A body without {@code alerts} is refused, for
   * Alertmanager always sends them: a template that forgets them would otherwise never be noticed.
   * An empty list is valid.
   *
   * @param body read to its end, but not closed
   * @param budget asked for each alert, before the next is read
   */
  public static WebhookReading read(InputStream body, MemoryBudget budget) {
    Reader text = new InputStreamReader(body, StandardCharsets.UTF_8.newDecoder());
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      return new WebhookPayload(parser, budget).read();
    } catch (InvalidField e) {
      return malformed(e.field(), Objects.requireNonNull(e.getMessage()));
    } catch (JacksonException e) {
      return malformed("", "is no JSON: " + e.getOriginalMessage());
    }
  }

  private WebhookReading read() {
    JsonToken first = parser.nextToken();
    if (first != JsonToken.START_OBJECT) {
      return malformed("", first == null ? "is empty" : notAnObject(first));
    }
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      if (!field(name)) {
        return new WebhookReading.OutOfMemory(entries.size());
      }
    }
    if (parser.nextToken() != null) {
      return malformed("", "must be an object, and nothing else");
    }
    return new WebhookReading.Whole(notification());
  }

  private static String notAnObject(JsonToken first) {
    return first == JsonToken.VALUE_NULL
        ? "must not be null"
        : "must be an object, and nothing else";
  }

  private boolean field(String name) {
    switch (name) {
      case "version" -> version = text(name);
      case "receiver" -> receiver = text(name);
      case "groupKey" -> groupKey = text(name);
      case "truncatedAlerts" -> truncatedAlerts = count(name);
      case "alerts" -> {
        return alerts();
      }
      default -> parser.skipChildren();
    }
    return true;
  }

  private @Nullable String text(String field) {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_STRING -> parser.getString();
      default -> throw new InvalidField(field, "must be a string");
    };
  }

  private long count(String field) {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return 0;
    }
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw new InvalidField(field, "must be a whole number");
    }
    long count = parser.getLongValue();
    if (count < 0) {
      throw new InvalidField(field, "must not be negative");
    }
    return count;
  }

  private boolean alerts() {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return true;
    }
    if (parser.currentToken() != JsonToken.START_ARRAY || hasAlerts) {
      throw new InvalidField("alerts", hasAlerts ? "must stand once" : "must be an array");
    }
    hasAlerts = true;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      WebhookEntry entry = entry("alerts[" + entries.size() + "]");
      if (!budget.reserve(entry.weight())) {
        return false;
      }
      entries.add(entry);
    }
    return true;
  }

  private WebhookEntry entry(String path) {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      throw new InvalidField(path, "is missing");
    }
    return switch (Json.read(parser, WebhookEntry.class)) {
      case Valid<WebhookEntry>(WebhookEntry entry) -> entry;
      case Invalid<WebhookEntry>(String field, String message) ->
          throw new InvalidField(field.isEmpty() ? path : path + "." + field, message);
    };
  }

  /** Alertmanager writes the group's key after the alerts, each of which is to have it. */
  private Notification notification() {
    if (version == null) {
      throw new InvalidField("version", "is missing");
    }
    if (!version.equals(VERSION)) {
      throw new InvalidField("version", "must be \"4\", the only one that is understood");
    }
    if (!hasAlerts) {
      throw new InvalidField("alerts", "is missing");
    }
    String group = Clip.text(Objects.requireNonNullElse(groupKey, ""));
    List<NotifiedAlert> alerts = new ArrayList<>(entries.size());
    while (!entries.isEmpty()) {
      alerts.add(alert(entries.remove(), group, alerts.size()));
    }
    String name = QUOTED.matcher(Objects.requireNonNullElse(receiver, "")).replaceAll("$1");
    return new Notification(group, Clip.text(name), truncatedAlerts, alerts);
  }

  private static NotifiedAlert alert(WebhookEntry entry, String groupKey, int index) {
    try {
      return entry.alert(groupKey);
    } catch (InvalidField e) {
      throw new InvalidField(
          "alerts[%d].%s".formatted(index, e.field()), Objects.requireNonNull(e.getMessage()));
    }
  }

  /** The path and the message may quote the sender: kept short, and on one line of a log. */
  private static WebhookReading malformed(String path, String message) {
    return new WebhookReading.Malformed(new Invalid<>(shown(path), shown(message)));
  }

  private static String shown(String text) {
    return CONTROL.matcher(Clip.to(MAX_SHOWN, text)).replaceAll("?");
  }
}
