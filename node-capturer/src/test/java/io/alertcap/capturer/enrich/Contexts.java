package io.alertcap.capturer.enrich;

import io.alertcap.capturer.enrich.file.Compression;
import io.alertcap.capturer.enrich.file.FileFormat;
import io.alertcap.schemas.Alert;
import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureResult;
import io.alertcap.schemas.CaptureSpec;
import io.alertcap.schemas.DataSize;
import io.alertcap.schemas.PayloadProfile;
import io.alertcap.schemas.Statistics;
import io.alertcap.schemas.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A capture of CoreDNS, 10.99.1.2, by an alert. */
final class Contexts {

  static final String POD_IP = "10.99.1.2";
  static final String POD = "kube-system/coredns-5d78c9869d-abcde";
  static final Instant FILTER_ACTIVE = Instant.parse("2026-11-22T22:33:36.000000001Z");
  static final Instant CLOSED = Instant.parse("2026-11-22T22:34:36.123456789Z");

  private static final Instant STARTS = Instant.parse("2026-11-22T22:33:05Z");

  private Contexts() {}

  static EnrichContext of(FileFormat format, Compression compression, PayloadProfile payload) {
    return of(format, compression, payload, labels());
  }

  static EnrichContext of(
      FileFormat format,
      Compression compression,
      PayloadProfile payload,
      Map<String, String> labels) {
    return new EnrichContext(
        request(labels),
        new CaptureResult(
            CaptureEnd.DURATION,
            "eth0",
            "EN10MB",
            3,
            300,
            Optional.of(new Statistics(1007, 4, 0, Optional.empty(), Optional.empty())),
            FILTER_ACTIVE,
            CLOSED),
        "(port 53) and (not host 10.0.0.9)",
        payload,
        DnsPorts.STANDARD,
        format,
        compression,
        "1.2.3");
  }

  static EnrichContext plain() {
    return of(FileFormat.PCAPNG, Compression.NONE, PayloadProfile.FULL);
  }

  static Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("alertname", "CoreDNSLatencyHigh");
    labels.put("severity", "warning");
    return labels;
  }

  private static CaptureRequest request(Map<String, String> labels) {
    return new CaptureRequest(
        new CaptureId("20261122T223305Z-coredns-latency-3f9a2c7b"),
        "coredns-latency",
        Optional.empty(),
        Optional.of(
            new Alert(
                "CoreDNSLatencyHigh",
                "3f9a2c7b3f9a2c7b",
                "{}:{alertname=\"CoreDNSLatencyHigh\"}",
                STARTS,
                labels,
                Map.of(),
                "http://prometheus.example/graph?g0.expr=up")),
        new Target(
            "kube-system",
            "coredns-5d78c9869d-abcde",
            Optional.empty(),
            Optional.of(POD_IP),
            "node-1",
            Optional.of("coredns"),
            Optional.of("containerd://" + "ab".repeat(32)),
            Optional.empty(),
            Optional.empty(),
            false),
        new CaptureSpec(
            "port 53", "auto", Duration.ofSeconds(60), DataSize.ofMebibytes(100), 0, 262_144),
        Optional.empty(),
        STARTS,
        STARTS.plusSeconds(120));
  }
}
