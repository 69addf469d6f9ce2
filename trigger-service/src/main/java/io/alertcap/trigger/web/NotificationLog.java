package io.alertcap.trigger.web;

import io.alertcap.schemas.CaptureRequest;
import io.alertcap.trigger.alertmanager.Notification;
import io.alertcap.trigger.decision.Decision;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One line for each notification: what was commanded, what not, and why. A sentence for people, and
 * fields to search by.
 */
final class NotificationLog {

  private static final Logger log = LoggerFactory.getLogger(NotificationLog.class);

  /** How many captures, and how many details, one line names. */
  private static final int MAX_NAMED = 5;

  private NotificationLog() {}

  static void write(Notification notification, AlertIntake.Outcome outcome) {
    switch (outcome) {
      case AlertIntake.Outcome.Taken taken -> {
        taken(line(Level.INFO, notification, "taken"), taken);
        taken.unknownNodes().ifPresent(NotificationLog::unknown);
      }
      case AlertIntake.Outcome.Unavailable(String reason) ->
          line(Level.WARN, notification, "unavailable")
              .log("Notification not taken, to be sent again: {}", reason);
      case AlertIntake.Outcome.TooLarge(String reason) ->
          line(Level.WARN, notification, "too-large").log("Notification not taken: {}", reason);
      case AlertIntake.Outcome.Malformed malformed -> {}
    }
  }

  private static LoggingEventBuilder line(Level level, Notification notification, String outcome) {
    return log.atLevel(level)
        .addKeyValue("outcome", outcome)
        .addKeyValue("receiver", LogText.of(notification.receiver()))
        .addKeyValue("groupKey", LogText.of(notification.groupKey()))
        .addKeyValue("alerts", notification.alerts().size())
        .addKeyValue("truncatedAlerts", notification.truncatedAlerts());
  }

  /** Captures that will most likely expire. */
  static void unknown(NavigableSet<String> nodes) {
    log.warn(
        "No capturer has ever said that it runs on {}: check that one does, that its node.name is the same, and that it reaches Kafka",
        some(List.copyOf(nodes), node -> node));
  }

  /** What is empty has no field. */
  private static void taken(LoggingEventBuilder line, AlertIntake.Outcome.Taken taken) {
    int commanded = taken.captures().size();
    int suppressed = taken.suppressed().size();
    int stopped = taken.stops().size();
    line.addKeyValue("commanded", commanded)
        .addKeyValue("captureIds", some(taken.captures(), capture -> capture.id().value()))
        .addKeyValue("targets", some(taken.captures(), NotificationLog::target))
        .addKeyValue("suppressed", suppressed)
        .addKeyValue("reasons", reasons(taken.suppressed()))
        .addKeyValue("details", some(taken.suppressed(), it -> LogText.of(it.detail())))
        .addKeyValue("stopped", stopped)
        .log(
            "Notification: commanded {}, suppressed {}, stopped {}",
            commanded,
            suppressed,
            stopped);
  }

  private static String target(CaptureRequest request) {
    return "%s/%s@%s"
        .formatted(request.target().namespace(), request.target().pod(), request.target().node());
  }

  /** Each reason with its count: {@code duplicate:3,no-rule:1}. */
  private static String reasons(List<Decision.Suppressed> suppressed) {
    return suppressed.stream()
        .collect(
            Collectors.groupingBy(
                decision -> decision.reason().code(), TreeMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .map(reason -> reason.getKey() + ":" + reason.getValue())
        .collect(Collectors.joining(","));
  }

  private static <T> String some(List<T> all, Function<T, String> text) {
    String named = all.stream().limit(MAX_NAMED).map(text).collect(Collectors.joining(","));
    return all.size() > MAX_NAMED ? named + ",…" : named;
  }
}
