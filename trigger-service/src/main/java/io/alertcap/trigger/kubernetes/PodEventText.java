package io.alertcap.trigger.kubernetes;

import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.DurationText;
import io.alertcap.schemas.Failure;
import io.alertcap.schemas.Target;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * What a pod's event says.
 *
 * @param instance of the service: a host name
 */
record PodEventText(String instance) {

  private static final String CONTROLLER = "alertcap.io/trigger";

  /** Of {@code note} and of {@code reportingInstance}: events.k8s.io/v1, EventSpec. */
  private static final int LONGEST_NOTE = 1024;

  private static final int LONGEST_INSTANCE = 128;

  /** The API server takes microseconds, and no finer (meta/v1, RFC3339Micro). */
  private static final DateTimeFormatter MICRO_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  PodEventText {
    instance = cut(instance, LONGEST_INSTANCE);
  }

  /** Nothing where a pod's owner need not know, or where the target is no pod of a cluster. */
  Optional<Event> of(CaptureEvent event) {
    return event
        .asked()
        .filter(request -> request.target().podUid().isPresent())
        .flatMap(request -> of(event, request));
  }

  private Optional<Event> of(CaptureEvent event, CaptureRequest request) {
    String capture = "capture " + request.id() + " of rule " + request.rule();
    return switch (event) {
      case CaptureEvent.Started started ->
          Optional.of(
              normal(
                  started,
                  request,
                  "CaptureStarted",
                  "Its packets are captured for at most "
                      + DurationText.format(request.capture().duration())
                      + ": "
                      + capture));
      case CaptureEvent.Completed completed ->
          Optional.of(
              normal(
                  completed,
                  request,
                  "CaptureCompleted",
                  completed.artifact().packets()
                      + " packets are in s3://"
                      + completed.artifact().bucket()
                      + "/"
                      + completed.artifact().key()
                      + ": "
                      + capture));
      case CaptureEvent.Failed failed -> failure(failed, request, failed.failure(), capture);
      case CaptureEvent.Rejected rejected ->
          failure(rejected, request, rejected.failure(), capture);
      case CaptureEvent.Expired expired -> failure(expired, request, expired.failure(), capture);
      case CaptureEvent.Requested requested -> Optional.empty();
      case CaptureEvent.Captured captured -> Optional.empty();
      case CaptureEvent.Cancelled cancelled -> Optional.empty();
    };
  }

  private Event normal(CaptureEvent event, CaptureRequest request, String reason, String note) {
    return event(event, request, "Normal", reason, note);
  }

  private Optional<Event> failure(
      CaptureEvent event, CaptureRequest request, Failure failure, String capture) {
    String note =
        "Nothing came of " + capture + ": " + failure.code().code() + ", " + failure.message();
    return Optional.of(event(event, request, "Warning", "CaptureFailed", note));
  }

  private Event event(
      CaptureEvent event, CaptureRequest request, String type, String reason, String note) {
    Target pod = request.target();
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(pod.namespace())
        .withName(name(event))
        .endMetadata()
        .withEventTime(microTime(event.at()))
        .withReportingController(CONTROLLER)
        .withReportingInstance(instance)
        .withAction("Capture")
        .withReason(reason)
        .withType(type)
        .withNote(cut(note, LONGEST_NOTE))
        .withNewRegarding()
        .withApiVersion("v1")
        .withKind("Pod")
        .withNamespace(pod.namespace())
        .withName(pod.pod())
        .withUid(pod.podUid().orElseThrow())
        .endRegarding()
        .build();
  }

  /** The same for the same step of a capture, whoever tells of it and how often. */
  private static String name(CaptureEvent event) {
    return event.id().value().toLowerCase(Locale.ROOT) + "." + event.status().code();
  }

  private static MicroTime microTime(Instant at) {
    return new MicroTime(MICRO_TIME.format(at));
  }

  private static String cut(String text, int length) {
    return text.length() > length ? text.substring(0, length) : text;
  }
}
