package io.alertcap.capturer.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.capturer.enrich.file.Compression;
import io.alertcap.capturer.enrich.file.FileFormat;
import io.alertcap.schemas.PayloadProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SectionCommentTest {

  @Test
  void tellsTheStoryInLines() {
    assertThat(SectionComment.of(Contexts.plain()))
        .isEqualTo(
            """
            capture: 20261122T223305Z-coredns-latency-3f9a2c7b
            alert: CoreDNSLatencyHigh
            starts at: 2026-11-22T22:33:05Z
            fingerprint: 3f9a2c7b3f9a2c7b
            group key: {}:{alertname="CoreDNSLatencyHigh"}
            generator URL: http://prometheus.example/graph?g0.expr=up
            rule: coredns-latency
            target: kube-system/coredns-5d78c9869d-abcde
            pod address: 10.99.1.2
            node: node-1
            container: coredns
            container ID: containerd://abababababababababababababababababababababababababababababababab
            interface: eth0
            filter: (port 53) and (not host 10.0.0.9)
            limits: 60s, 100MiB, snaplen 262144
            ended by: duration
            kernel: 1007 packets passed the filter, 4 of them were dropped, 0 were lost
            label alertname: CoreDNSLatencyHigh
            label severity: warning\
            """);
  }

  @Test
  void letsNoLabelPassForALineOfItsOwn() {
    Map<String, String> labels = Map.of("a\nrule", "x\r\ntarget: kube-system/evil\u001b[31m\u202e");

    assertThat(
            SectionComment.of(
                Contexts.of(FileFormat.PCAPNG, Compression.NONE, PayloadProfile.FULL, labels)))
        .endsWith("\nlabel a\\nrule: x\\u{d}\\ntarget: kube-system/evil\\u{1b}[31m\\u{202e}");
  }

  @Test
  void saysThatPayloadWasRemoved() {
    assertThat(
            SectionComment.of(
                Contexts.of(FileFormat.PCAPNG, Compression.NONE, PayloadProfile.HEADERS)))
        .contains("\npayload: removed; the lengths are those on the wire\n");
  }
}
