package io.alertcap.standalone.bench;

import io.alertcap.schemas.Alert;
import io.alertcap.schemas.Artifact;
import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureResult;
import io.alertcap.schemas.CaptureSpec;
import io.alertcap.schemas.DataSize;
import io.alertcap.schemas.Enrichment;
import io.alertcap.schemas.PayloadProfile;
import io.alertcap.schemas.Target;
import io.alertcap.schemas.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Made-up pods on made-up nodes, with alerts and captures as large as real ones. */
final class Fleet {

  static final String RULE = "fleet";

  private static final CaptureSpec SPEC =
      new CaptureSpec(
          "port 53", "auto", Duration.ofSeconds(60), DataSize.ofMebibytes(100), 0, 262_144);

  private static final Reports REPORTS = Reports.read();

  private final int nodes;
  private final Instant startsAt;

  /**
   * A fleet in which nothing runs.
   *
   * @param startsAt of every alert
   */
  Fleet(int nodes, Instant startsAt) {
    this.nodes = nodes;
    this.startsAt = startsAt;
  }

  String node(int pod) {
    return "worker-%04d".formatted(pod % nodes);
  }

  /** A static catalog of so many pods, entered by processes since a file has at most 1 MiB. */
  String catalog(int pods) {
    StringBuilder yaml = new StringBuilder();
    for (int i = 0; i < pods; i++) {
      yaml.append(
          "- { namespace: shop, pod: %s, node: %s, containers: [{ pid: %d }] }%n"
              .formatted(pod(i), node(i), i + 1));
    }
    return yaml.toString();
  }

  /** A webhook with an alert about each of these pods. */
  byte[] webhook(List<Integer> pods) {
    List<Map<String, Object>> alerts =
        pods.stream()
            .map(this::alert)
            .map(alert ->
                Map.of(
                    "status", "firing",
                    "labels", alert.labels(),
                    "annotations", alert.annotations(),
                    "startsAt", alert.startsAt(),
                    "endsAt", "0001-01-01T00:00:00Z",
                    "generatorURL", alert.generatorUrl(),
                    "fingerprint", alert.fingerprint()))
            .toList();
    return Json.write(
        Map.of("version", "4", "groupKey", "{}:{}", "receiver", "alertcap", "alerts", alerts));
  }

  /** The capture of this pod. */
  CaptureRequest request(int pod) {
    Alert alert = alert(pod);
    Instant now = startsAt.plusMillis(pod);
    return new CaptureRequest(
        CaptureId.of(startsAt, RULE, alert.fingerprint(), container(pod)),
        RULE,
        Optional.empty(),
        Optional.of(alert),
        target(pod),
        SPEC,
        Optional.of(now),
        now,
        now.plusSeconds(120));
  }

  /** Everything that is told of a capture which goes well: four events. */
  List<CaptureEvent> life(int pod) {
    CaptureRequest request = request(pod);
    Instant active = request.commandedAt().plusMillis(40);
    Instant closed = active.plusSeconds(60);
    CaptureResult result =
        new CaptureResult(
            CaptureEnd.DURATION,
            "eth0",
            "EN10MB",
            1000,
            123_456,
            Optional.of(REPORTS.statistics()),
            active,
            closed);
    Artifact artifact =
        new Artifact(
            "captures",
            "2026/11/22/shop/" + pod(pod) + "/" + request.id() + ".pcapng.gz",
            23_456,
            "5f".repeat(32),
            "pcapng",
            "gzip",
            1000,
            "EN10MB");
    return List.of(
        new CaptureEvent.Requested(request, request.commandedAt()),
        new CaptureEvent.Started(request, active, "eth0", "EN10MB", active),
        new CaptureEvent.Captured(request, closed, result),
        new CaptureEvent.Completed(
            request,
            closed.plusSeconds(1),
            result,
            artifact,
            Optional.of(new Enrichment(PayloadProfile.FULL, Optional.empty(), List.of())),
            Optional.of(REPORTS.dns()),
            Optional.of(REPORTS.tcp()),
            Optional.of("2026/11/22/shop/" + pod(pod) + "/" + request.id() + ".dns.txt")));
  }

  private Alert alert(int pod) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("alertname", "DNSLatencyHigh");
    labels.put("cluster", "eu-central-1");
    labels.put("instance", "10.%d.%d.7:9153".formatted(pod / 250, pod % 250));
    labels.put("job", "shop");
    labels.put("namespace", "shop");
    labels.put("pod", pod(pod));
    labels.put("severity", "warning");
    return new Alert(
        "DNSLatencyHigh",
        "%016x".formatted(pod + 1),
        "{}:{alertname=\"DNSLatencyHigh\"}",
        startsAt,
        labels,
        Map.of("summary", "99 of 100 lookups of " + pod(pod) + " take longer than a second"),
        "http://prometheus.example.internal:9090/graph?g0.expr=histogram_quantile");
  }

  private Target target(int pod) {
    return new Target(
        "shop",
        pod(pod),
        Optional.empty(),
        Optional.empty(),
        node(pod),
        Optional.empty(),
        Optional.of(container(pod)),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  static String pod(int pod) {
    return "web-7d4b9c6f5-%05d".formatted(pod);
  }

  private static String container(int pod) {
    return "containerd://" + "%08x".formatted(pod).repeat(8);
  }
}
