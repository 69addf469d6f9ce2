package io.alertcap.trigger;

import io.alertcap.schemas.Alert;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureSpec;
import io.alertcap.schemas.DataSize;
import io.alertcap.schemas.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Requests as decisions make them, for tests that need one and do not care how it came to be. */
public final class Requests {

  public static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private Requests() {}

  public static CaptureRequest request(String pod) {
    return request("coredns-latency", pod, NOON);
  }

  public static CaptureRequest request(String rule, String pod, Instant commandedAt) {
    Target target = target("kube-system", pod, "worker-1");
    return request(rule, target, "CoreDNSLatencyHigh", commandedAt);
  }

  /** Its id is a function of rule, pod and {@code commandedAt}. */
  public static CaptureRequest request(
      String rule, Target target, String alertname, Instant commandedAt) {
    Instant startsAt = commandedAt.minusSeconds(30);
    return new CaptureRequest(
        CaptureId.of(startsAt, rule, target.namespace(), target.pod()),
        rule,
        Optional.empty(),
        Optional.of(alert(alertname, target, startsAt)),
        target,
        new CaptureSpec(
            "port 53", "any", Duration.ofSeconds(60), DataSize.ofMebibytes(100), 0, 262_144),
        Optional.of(commandedAt.minusMillis(3)),
        commandedAt,
        commandedAt.plusSeconds(600));
  }

  /** The same capture, asked for again: as for an alert that still fires. */
  public static CaptureRequest repeated(CaptureRequest request, Duration later) {
    return with(
        request,
        request.target(),
        request.capture(),
        request.commandedAt().plus(later),
        request.expiresAt().plus(later));
  }

  public static CaptureRequest withUid(CaptureRequest request, String uid) {
    Target target = request.target();
    return with(
        request,
        new Target(
            target.namespace(),
            target.pod(),
            Optional.of(uid),
            target.podIp(),
            target.node(),
            target.container(),
            target.containerId(),
            target.pid(),
            target.netns(),
            target.hostNetwork()),
        request.capture(),
        request.commandedAt(),
        request.expiresAt());
  }

  public static CaptureRequest expiringAfter(CaptureRequest request, Duration after) {
    return with(
        request,
        request.target(),
        request.capture(),
        request.commandedAt(),
        request.commandedAt().plus(after));
  }

  public static CaptureRequest withDuration(CaptureRequest request, Duration duration) {
    CaptureSpec spec = request.capture();
    return with(
        request,
        request.target(),
        new CaptureSpec(
            spec.filter(),
            spec.networkInterface(),
            duration,
            spec.maxBytes(),
            spec.maxPackets(),
            spec.snaplen()),
        request.commandedAt(),
        request.expiresAt());
  }

  private static CaptureRequest with(
      CaptureRequest request,
      Target target,
      CaptureSpec capture,
      Instant commandedAt,
      Instant expiresAt) {
    return new CaptureRequest(
        request.id(),
        request.rule(),
        request.reason(),
        request.alert(),
        target,
        capture,
        request.alertReceivedAt(),
        commandedAt,
        expiresAt);
  }

  public static Target target(String namespace, String pod, String node) {
    return new Target(
        namespace,
        pod,
        Optional.empty(),
        Optional.empty(),
        node,
        Optional.of("coredns"),
        Optional.of("containerd://" + "0".repeat(64)),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  private static Alert alert(String alertname, Target target, Instant startsAt) {
    return new Alert(
        alertname,
        "376a0fe13124867f",
        "{}:{alertname=\"" + alertname + "\"}",
        startsAt,
        Map.of("alertname", alertname, "namespace", target.namespace(), "pod", target.pod()),
        Map.of("summary", "p99 latency"),
        "");
  }
}
