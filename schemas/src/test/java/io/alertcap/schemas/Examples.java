package io.alertcap.schemas;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Messages to test with: of each type one with everything that may be there, and one with nothing
 * that may be absent.
 */
public final class Examples {

  public static final Instant STARTS_AT = Instant.parse("2026-11-22T22:33:35.123456789Z");
  public static final Instant COMMANDED_AT = Instant.parse("2026-11-22T22:33:36.250Z");
  private static final Instant ACTIVE_AT = COMMANDED_AT.plusMillis(120);
  private static final Instant CLOSED_AT = ACTIVE_AT.plusSeconds(60);
  private static final Instant UPLOADED_AT = CLOSED_AT.plusSeconds(2);

  public static final CaptureId ID = CaptureId.of(STARTS_AT, "coredns-latency", "376a0fe13124867f");

  private static final Statistics COUNTED =
      new Statistics(1001, 1, 0, Optional.of(ACTIVE_AT), Optional.of(CLOSED_AT));

  private static final String CONTAINER_ID = "containerd://" + "72651dc7".repeat(8);

  private Examples() {}

  public static CaptureRequest request() {
    return new CaptureRequest(
        ID,
        "coredns-latency",
        Optional.of("ticket 42 – “slow” DNS"),
        Optional.of("oncall@example.org"),
        Optional.of(alert()),
        target(),
        capture(),
        Optional.of(COMMANDED_AT.minusMillis(40)),
        COMMANDED_AT,
        COMMANDED_AT.plusSeconds(120));
  }

  /** By hand, of a node itself. */
  public static CaptureRequest bareRequest() {
    return new CaptureRequest(
        ID,
        "manual",
        Optional.empty(),
        Optional.empty(),
        new Target(
            "kube-system",
            "node-exporter-x7k2p",
            Optional.empty(),
            Optional.empty(),
            "ip-10-0-0-1.eu-west-1.compute.internal",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true),
        bareCapture(),
        Optional.empty(),
        COMMANDED_AT,
        COMMANDED_AT);
  }

  public static Alert alert() {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("alertname", "CoreDNSLatencyHigh");
    labels.put("pod", "coredns-85578f88b8-n2t6g");
    labels.put("a.label with 😀", "");
    return new Alert(
        "CoreDNSLatencyHigh",
        "376a0fe13124867f",
        "{}:{alertname=\"CoreDNSLatencyHigh\"}",
        STARTS_AT,
        labels,
        Map.of("summary", "p99 latency"),
        "http://prometheus/graph?g0.expr=x");
  }

  public static Target target() {
    return new Target(
        "kube-system",
        "coredns-85578f88b8-n2t6g",
        Optional.of("5b1f8a9c-30f4-4d3c-8f1e-6f6c2f6d8c11"),
        Optional.of("172.20.1.195"),
        "worker-3",
        Optional.of("coredns"),
        Optional.of(CONTAINER_ID),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  public static CaptureSpec capture() {
    return new CaptureSpec(
        "port 53",
        "eth0,net1",
        Duration.ofSeconds(60),
        DataSize.ofMebibytes(100),
        0,
        262_144,
        Optional.of(Direction.IN),
        Optional.of(DataSize.ofMebibytes(8)),
        Optional.of(PayloadProfile.DNS));
  }

  public static CaptureSpec bareCapture() {
    return new CaptureSpec(
        "", "auto", Duration.ofSeconds(60), DataSize.ofMebibytes(100), 0, 262_144);
  }

  public static CaptureResult result() {
    return result(
        COUNTED.with(
            List.of(
                new Peer("10.0.0.1", List.of("shop/cart-6f", "shop/cart"), 900, 90_000),
                new Peer("fd00::1", List.of(), 100, 10_000))));
  }

  public static CaptureResult resultBeforeAnyLook() {
    return result(COUNTED);
  }

  private static CaptureResult result(Statistics statistics) {
    return new CaptureResult(
        CaptureEnd.DURATION,
        "eth0",
        "EN10MB",
        1000,
        123_456,
        Optional.of(statistics),
        ACTIVE_AT,
        CLOSED_AT);
  }

  /** As it is after a crash. */
  public static CaptureResult bareResult() {
    return new CaptureResult(
        CaptureEnd.INTERRUPTED, "any", "LINUX_SLL2", 0, 24, Optional.empty(), ACTIVE_AT, CLOSED_AT);
  }

  public static Artifact artifact() {
    return new Artifact(
        "captures",
        "prod/2026/11/22/kube-system/coredns-85578f88b8-n2t6g/" + ID + ".pcapng.gz",
        45_678,
        "3f9a2c7b".repeat(8),
        "pcapng",
        "gzip",
        1000,
        "EN10MB");
  }

  /** With all that may be there. */
  public static CaptureEvent.Completed completed(CaptureRequest request) {
    return new CaptureEvent.Completed(
        request,
        UPLOADED_AT,
        result(),
        artifact(),
        Optional.of(Findings.enrichment()),
        Optional.of(Findings.dns()),
        Optional.of(Findings.tcp()),
        Optional.of("prod/2026/11/22/kube-system/coredns-85578f88b8-n2t6g/" + ID + ".dns.txt"));
  }

  public static List<CaptureCommand> commands() {
    return List.of(
        new CaptureCommand.Start(request()),
        new CaptureCommand.Start(bareRequest()),
        new CaptureCommand.Stop(ID, "worker-3", CaptureEnd.CANCELLED));
  }

  public static List<CaptureEvent> events() {
    CaptureEvent unreadable =
        new CaptureEvent.Rejected(
            ID,
            Optional.empty(),
            ACTIVE_AT,
            new Failure(FailureCode.INVALID_COMMAND, "request.target is missing"));
    return Stream.of(
            allEvents(request(), Optional.of(result())),
            Stream.<CaptureEvent>of(completed(request())),
            allEvents(bareRequest(), Optional.empty()),
            Stream.<CaptureEvent>of(bareCompleted(), unreadable))
        .flatMap(events -> events)
        .toList();
  }

  private static CaptureEvent bareCompleted() {
    return new CaptureEvent.Completed(bareRequest(), UPLOADED_AT, bareResult(), artifact());
  }

  /** All but completed ones. */
  private static Stream<CaptureEvent> allEvents(
      CaptureRequest request, Optional<CaptureResult> result) {
    CaptureResult file = result.orElse(bareResult());
    return Stream.of(
        new CaptureEvent.Requested(request, COMMANDED_AT),
        new CaptureEvent.Started(request, ACTIVE_AT, "eth0", "EN10MB", ACTIVE_AT),
        new CaptureEvent.Captured(request, CLOSED_AT, file),
        new CaptureEvent.Failed(
            request, UPLOADED_AT, new Failure(FailureCode.UPLOAD_FAILED, "no such bucket"), result),
        new CaptureEvent.Rejected(
            request.id(),
            Optional.of(request),
            ACTIVE_AT,
            new Failure(FailureCode.POLICY_DENIED, "bare PIDs are not allowed on this node")),
        new CaptureEvent.Expired(
            request, ACTIVE_AT, new Failure(FailureCode.EXPIRED, "20 s too late")),
        new CaptureEvent.Cancelled(request, ACTIVE_AT));
  }

  public static List<NodeState> nodes() {
    return List.of(
        new NodeState("worker-3", "1.0.0", STARTS_AT, ACTIVE_AT, List.of()),
        new NodeState(
            "worker-3", "1.0.0", STARTS_AT, ACTIVE_AT, List.of(new NodeCapture(ID, 24_576))));
  }

  public static List<AccessEvent> accesses() {
    return List.of(
        new AccessEvent(ID, new Access(UPLOADED_AT, Optional.empty(), "pcap")),
        new AccessEvent(ID, new Access(UPLOADED_AT, Optional.of("operators"), "pcap")));
  }

  public static List<CaptureRecord> records() {
    CaptureRecord nothing =
        CaptureRecord.of(
            new CaptureEvent.Rejected(
                ID,
                Optional.empty(),
                ACTIVE_AT,
                new Failure(FailureCode.INVALID_COMMAND, "request.target is missing")));
    CaptureRecord everything =
        CaptureRecord.of(new CaptureEvent.Requested(request(), COMMANDED_AT))
            .with(new CaptureEvent.Started(request(), ACTIVE_AT, "eth0", "EN10MB", ACTIVE_AT))
            .with(new CaptureEvent.Captured(request(), CLOSED_AT, result()))
            .with(completed(request()))
            .with(new Access(UPLOADED_AT, Optional.of("operators"), "pcap"));
    CaptureRecord failed =
        CaptureRecord.of(new CaptureEvent.Requested(bareRequest(), COMMANDED_AT))
            .with(
                new CaptureEvent.Failed(
                    bareRequest(),
                    UPLOADED_AT,
                    new Failure(FailureCode.UPLOAD_FAILED, "no such bucket"),
                    Optional.of(bareResult())));
    return List.of(nothing, everything, failed);
  }
}
