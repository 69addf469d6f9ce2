package io.alertcap.capturer.event;

import io.alertcap.schemas.Alert;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureResult;
import io.alertcap.schemas.Enrichment;
import io.alertcap.schemas.PayloadProfile;
import io.alertcap.schemas.Statistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Versions of an event that take less room: what is left out is said in its place, and stands in
 * the record beside the file.
 */
final class ShortEvent {

  /** The annotation that stands for what was left out. */
  static final String LEFT_OUT = "alertcap.io/left-out";

  /** Of what an alert is told by, in characters; nothing that decides is longer. */
  private static final int LONGEST_TEXT = 256;

  private ShortEvent() {}

  /** Ever shorter ones. */
  static Stream<CaptureEvent> versions(CaptureEvent event) {
    CaptureEvent shortAlert =
        event.asked().map(request -> event.with(withShortAlert(request))).orElse(event);
    return Stream.of(shortAlert, withoutReport(shortAlert));
  }

  private static CaptureRequest withShortAlert(CaptureRequest request) {
    return request.alert().map(alert -> request.with(shortened(alert))).orElse(request);
  }

  private static Alert shortened(Alert alert) {
    Map<String, String> labels = new LinkedHashMap<>();
    alert
        .labels()
        .forEach((name, value) -> {
          if (name.length() <= LONGEST_TEXT && value.length() <= LONGEST_TEXT) {
            labels.put(name, value);
          }
        });
    return new Alert(
        cut(alert.alertname()),
        alert.fingerprint(),
        cut(alert.groupKey()),
        alert.startsAt(),
        labels,
        Map.of(
            LEFT_OUT,
            "The annotations, and texts of more than %d characters, since the event was too large for Kafka"
                .formatted(LONGEST_TEXT)),
        cut(alert.generatorUrl()));
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
  }

  private static CaptureEvent withoutReport(CaptureEvent event) {
    return switch (event) {
      case CaptureEvent.Completed e ->
          new CaptureEvent.Completed(
              e.request(),
              e.at(),
              withoutPeers(e.result()),
              e.artifact(),
              Optional.of(
                  new Enrichment(
                      e.enrichment().map(Enrichment::payload).orElse(PayloadProfile.FULL),
                      e.enrichment().flatMap(Enrichment::plainBecause),
                      List.of(
                          "The report of this capture was too large for Kafka: it is in the record beside the file."))),
              Optional.empty(),
              Optional.empty(),
              e.transcript());
      case CaptureEvent.Captured e ->
          new CaptureEvent.Captured(e.request(), e.at(), withoutPeers(e.result()));
      case CaptureEvent.Failed e ->
          new CaptureEvent.Failed(
              e.request(), e.at(), e.failure(), e.result().map(ShortEvent::withoutPeers));
      case CaptureEvent.Requested e -> e;
      case CaptureEvent.Started e -> e;
      case CaptureEvent.Rejected e -> e;
      case CaptureEvent.Expired e -> e;
      case CaptureEvent.Cancelled e -> e;
    };
  }

  private static CaptureResult withoutPeers(CaptureResult result) {
    return new CaptureResult(
        result.end(),
        result.networkInterface(),
        result.linkType(),
        result.packets(),
        result.bytes(),
        result.statistics().map(Statistics::withoutPeers),
        result.filterActiveAt(),
        result.closedAt());
  }
}
