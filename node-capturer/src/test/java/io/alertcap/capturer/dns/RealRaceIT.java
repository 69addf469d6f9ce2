package io.alertcap.capturer.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.capturer.dns.ResolverLab.Resolver;
import io.alertcap.capturer.fixture.PodCapture;
import io.alertcap.capturer.lab.Machine;
import io.alertcap.capturer.netns.NamespaceLab;
import io.alertcap.schemas.DnsReport;
import io.alertcap.schemas.VerdictCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The C library's resolver in the pod asks for A and AAAA at once from one socket, as it does by
 * default, and behind the pod's own link one of the two is lost, as the kernel's connection
 * tracking loses it.
 */
@Timeout(180)
class RealRaceIT {

  private static final int BY_DEFAULT = 5;

  @RegisterExtension final NamespaceLab lab = new NamespaceLab();
  @TempDir Path directory;

  private ResolverLab dns;

  @BeforeAll
  static void possible() {
    PodCapture.needLibpcap();
    DnsPod.needDnsmasq();
    Machine.needProgram("getent", "--version", "libc-bin");
  }

  @BeforeEach
  void startServers() throws Exception {
    dns = new ResolverLab(lab, directory);
  }

  @Test
  void conntrackRace() throws IOException {
    DnsReport report = captured(BY_DEFAULT, 3);

    assertThat(report.upstream().orElseThrow().conntrackRaces()).isEqualTo(3);
    assertThat(report.verdict().code()).isEqualTo(VerdictCode.CONNTRACK_RACE);
    assertThat(report.verdict().sentence())
        .contains("3 times one of an A and an AAAA query sent together by the target was lost");
  }

  @Test
  void onceMayBeACoincidence() throws IOException {
    DnsReport report = captured(BY_DEFAULT, 1);

    assertThat(report.upstream().orElseThrow().conntrackRaces()).isOne();
    assertThat(report.verdict().code()).isNotEqualTo(VerdictCode.CONNTRACK_RACE);
  }

  /** A resolver that is told to ask again sooner: a loss like any other. */
  @Test
  void askedAgainAfterTwoSecondsIsAnotherPattern() throws IOException {
    DnsReport report = captured(2, 3);

    assertThat(report.upstream().orElseThrow().conntrackRaces()).isZero();
    assertThat(report.verdict().code()).isNotEqualTo(VerdictCode.CONNTRACK_RACE);
  }

  private static void expectLossAndRepetition(List<Double> asked, double after) {
    assertThat(asked).hasSize(2);
    assertThat(asked.getLast() - asked.getFirst()).isBetween(after - 0.1, after + 1);
  }

  /** Races at the same time, since each takes 5 s; and enough other queries for a verdict. */
  private DnsReport captured(int timeoutSeconds, int races) throws IOException {
    Resolver resolver = new Resolver("timeout:" + timeoutSeconds, ".");
    Path file =
        PodCapture.of(
            lab,
            "udp port 53 and host " + NamespaceLab.GATEWAY_OF_POD,
            directory.resolve("capture.pcap"),
            () -> {
              List<Process> clients = new ArrayList<>();
              for (int i = 0; i < races; i++) {
                clients.add(dns.podAsking(resolver, List.of("race-" + i + ".example")));
              }
              ResolverLab.finish(
                  dns.podAsking(
                      resolver,
                      IntStream.range(0, 20).mapToObj(i -> "quick-" + i + ".example").toList()));
              for (Process client : clients) {
                ResolverLab.finish(client);
              }
            });
    Tshark tshark = new Tshark(file);
    DnsReport report =
        tshark.analyze(VerdictThresholds.DEFAULTS, Optional.empty(), ResolverLab.POD);
    tshark.expectMessages(report);
    assertThat(report.messages().queries()).isEqualTo(2 * 20 + 4L * races);
    for (int i = 0; i < races; i++) {
      expectLossAndRepetition(
          tshark.times(
              "dns.flags.response == 0 && dns.qry.type == 28 && dns.qry.name == \"race-%d.example\""
                  .formatted(i)),
          timeoutSeconds);
    }
    return report;
  }
}
