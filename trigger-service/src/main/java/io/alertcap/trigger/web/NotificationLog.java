package io.alertcap.trigger.web;

import io.alertcap.schemas.CaptureRequest;
import io.alertcap.trigger.alertmanager.Notification;
import io.alertcap.trigger.decision.Decision;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each notification: what was commanded, what not, and why. */
final class NotificationLog {

  private static final Logger log = LoggerFactory.getLogger(NotificationLog.class);

  /** How many captures, and how many details, one line names. */
  private static final int MAX_NAMED = 5;

  private NotificationLog() {}

  static void write(Notification notification, AlertIntake.Outcome outcome) {
    switch (outcome) {
      case AlertIntake.Outcome.Taken taken ->
          log.info("{}: {}", subject(notification), taken(taken));
      case AlertIntake.Outcome.Unavailable(String reason) ->
          log.warn("{}: not taken, to be sent again: {}", subject(notification), reason);
      case AlertIntake.Outcome.TooLarge(String reason) ->
          log.warn("{}: not taken: {}", subject(notification), reason);
      case AlertIntake.Outcome.Malformed malformed -> {}
    }
  }

  private static String subject(Notification notification) {
    return "Notification of %d alerts (receiver %s, group key %s, %d more left out)"
        .formatted(
            notification.alerts().size(),
            LogText.of(notification.receiver()),
            LogText.of(notification.groupKey()),
            notification.truncatedAlerts());
  }

  private static String taken(AlertIntake.Outcome.Taken taken) {
    return "commanded %d captures%s; suppressed %d%s; stopped %d"
        .formatted(
            taken.captures().size(),
            some(taken.captures(), NotificationLog::capture),
            taken.suppressed().size(),
            reasons(taken.suppressed()),
            taken.stops().size());
  }

  private static String capture(CaptureRequest request) {
    return "%s of %s/%s on %s"
        .formatted(
            request.id(),
            request.target().namespace(),
            request.target().pod(),
            request.target().node());
  }

  /** Each reason with its count, and the details of the first ones. */
  private static String reasons(List<Decision.Suppressed> suppressed) {
    Map<String, Long> counts =
        suppressed.stream()
            .collect(
                Collectors.groupingBy(
                    decision -> decision.reason().code(), TreeMap::new, Collectors.counting()));
    return suppressed.isEmpty()
        ? ""
        : " " + counts + some(suppressed, decision -> LogText.of(decision.detail()));
  }

  private static <T> String some(List<T> all, Function<T, String> text) {
    String named = all.stream().limit(MAX_NAMED).map(text).collect(Collectors.joining(", "));
    String rest = all.size() > MAX_NAMED ? ", …" : "";
    return all.isEmpty() ? "" : " (" + named + rest + ")";
  }
}
