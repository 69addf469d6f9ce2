package io.alertcap.trigger;

import io.alertcap.schemas.Artifact;
import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureResult;
import io.alertcap.schemas.Failure;
import io.alertcap.schemas.FailureCode;
import io.alertcap.schemas.Statistics;
import java.time.Instant;
import java.util.Optional;

/** The events of a capture, as nodes send them. */
public final class Events {

  private Events() {}

  public static CaptureEvent requested(CaptureRequest request) {
    return new CaptureEvent.Requested(request, request.commandedAt());
  }

  public static CaptureEvent started(CaptureRequest request) {
    Instant at = request.commandedAt().plusMillis(20);
    return new CaptureEvent.Started(request, at, "eth0", "EN10MB", at);
  }

  public static CaptureEvent captured(CaptureRequest request) {
    return new CaptureEvent.Captured(
        request, request.commandedAt().plusSeconds(60), result(request));
  }

  public static CaptureEvent completed(CaptureRequest request) {
    String key = "2026/11/22/kube-system/" + request.target().pod() + "/" + request.id() + ".pcap";
    return new CaptureEvent.Completed(
        request,
        request.commandedAt().plusSeconds(61),
        result(request),
        new Artifact(
            "captures",
            key,
            1234,
            "0".repeat(64),
            "pcap",
            "none",
            result(request).packets(),
            "EN10MB"));
  }

  /** It never came to an open handle. */
  public static CaptureEvent failed(CaptureRequest request) {
    return new CaptureEvent.Failed(
        request, request.commandedAt().plusMillis(20), failure(), Optional.empty());
  }

  /** The command could not be read: nothing is known but its id. */
  public static CaptureEvent rejectedUnread(CaptureRequest request) {
    return new CaptureEvent.Rejected(
        request.id(), Optional.empty(), request.commandedAt().plusMillis(1), failure());
  }

  private static Failure failure() {
    return new Failure(FailureCode.CONTAINER_NOT_FOUND, "no container 000000000000 on worker-1");
  }

  private static CaptureResult result(CaptureRequest request) {
    Instant from = request.commandedAt().plusMillis(20);
    Instant to = from.plusSeconds(60);
    return new CaptureResult(
        CaptureEnd.DURATION,
        "eth0",
        "EN10MB",
        1000,
        1234,
        Optional.of(new Statistics(1000, 0, 0, Optional.of(from), Optional.of(to))),
        from,
        to);
  }
}
