package io.alertcap.capturer.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.capturer.fixture.PodCapture;
import io.alertcap.capturer.netns.NamespaceLab;
import io.alertcap.schemas.DnsReport;
import io.alertcap.schemas.VerdictCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * dnsmasq in a pod, asked from outside, with an upstream that can be slow or silent: captured in
 * the pod, judged, and compared with what tshark reads in the same file.
 */
@Timeout(120)
class RealServersIT {

  private static final VerdictThresholds IMPATIENT =
      new VerdictThresholds(
          20, Duration.ofMillis(900), 0.01, Duration.ofMillis(100), 0.05, 0.7, 0.5, 0.1, 2);

  @RegisterExtension final NamespaceLab lab = new NamespaceLab();
  @TempDir Path directory;

  private DnsPod server;

  @BeforeAll
  static void needLibpcap() {
    PodCapture.needLibpcap();
    DnsPod.needDnsmasq();
  }

  @BeforeEach
  void startServers() throws IOException {
    server = DnsPod.start(lab, directory);
  }

  @Test
  void healthy() throws IOException {
    DnsReport report =
        captured(() -> {
          for (int i = 0; i < 30; i++) {
            server.ask("one.local.test", 2_000);
            server.ask("quick-" + i + ".example", 2_000);
          }
        });

    assertThat(report.verdict().code()).isEqualTo(VerdictCode.HEALTHY);
    assertThat(report.served().orElseThrow().answered()).isEqualTo(60);
    assertThat(report.forwarding().orElseThrow().forwarded()).isEqualTo(30);
    assertThat(report.forwarding().orElseThrow().own()).isEqualTo(30);
  }

  @Test
  void slowUpstream() throws IOException {
    DnsReport report =
        captured(() -> {
          for (int i = 0; i < 20; i++) {
            server.ask("after-" + (i % 2 == 0 ? 0 : 150) + "-" + i + ".example", 2_000);
          }
        });

    assertThat(report.verdict().code()).isEqualTo(VerdictCode.UPSTREAM_SLOW);
    assertThat(report.verdict().sentence()).contains("10 (50.0 %) of 20 answers", "10 of these 10");
    assertThat(report.forwarding().orElseThrow().medianShare().orElseThrow()).isGreaterThan(0.5);
  }

  @Test
  void slowServer() throws IOException {
    DnsReport report =
        captured(() -> {
          for (int i = 0; i < 20; i++) {
            server.ask("quick-" + i + ".example", 2_000);
          }
          for (int i = 0; i < 3; i++) {
            server.askWhileStopped("stop-" + i + ".example");
          }
        });

    assertThat(report.verdict().code()).isEqualTo(VerdictCode.SERVER_SLOW);
    assertThat(report.verdict().sentence()).contains("3 (13.0 %) of 23 answers", "0 of these 3");
  }

  @Test
  void silentUpstream() throws IOException {
    DnsReport report =
        captured(() -> {
          server.ask("never-0.example", 1);
          for (int i = 0; i < 25; i++) {
            server.ask("after-40-" + i + ".example", 2_000);
          }
        });

    assertThat(report.verdict().code()).isEqualTo(VerdictCode.QUERIES_UNANSWERED);
    assertThat(report.verdict().sentence())
        .contains(
            "1 (3.8 %) of 26 queries to the target", "that it sent itself", "got none either");
  }

  @Test
  void searchList() throws IOException {
    List<String> list = List.of("ns.svc.cluster.local", "svc.cluster.local", "cluster.local");
    DnsReport report =
        captured(() -> {
          for (int i = 0; i < 10; i++) {
            for (String domain : list) {
              server.ask("quick-" + i + ".example." + domain, 2_000);
            }
            server.ask("quick-" + i + ".example", 2_000);
          }
        });

    assertThat(report.verdict().code()).isEqualTo(VerdictCode.NXDOMAIN_STORM);
    assertThat(report.served().orElseThrow().searchExpansions()).isEqualTo(30);
  }

  @Test
  void answersThatAreTooBigForUdp() throws IOException {
    DnsReport report =
        captured(() -> {
          for (int i = 0; i < 20; i++) {
            server.ask("many.local.test", 2_000);
            server.askOverTcp("many.local.test");
          }
        });

    assertThat(report.verdict().code()).isEqualTo(VerdictCode.TRUNCATION_FALLBACK);
    assertThat(report.served().orElseThrow().truncatedWithoutEdns()).isEqualTo(20);
    assertThat(report.served().orElseThrow().tcp()).isEqualTo(20);
    assertThat(report.messages().tcpGaps()).isZero();
  }

  private DnsReport captured(PodCapture.Traffic traffic) throws IOException {
    Path file = PodCapture.of(lab, "port 53", directory.resolve("capture.pcap"), traffic);
    return new Tshark(file).expectTheSame(IMPATIENT, DnsPod.ADDRESS);
  }
}
