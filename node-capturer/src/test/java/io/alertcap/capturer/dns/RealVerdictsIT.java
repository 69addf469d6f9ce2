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
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * For each verdict a case where it is true and one that only just is not, under the thresholds that
 * everybody has, of what passed between real programs: two servers (dnsmasq) and a resolver (the C
 * library's), each in a network namespace. Captured in the pod, and held against what tshark reads
 * in the same file.
 */
@Timeout(180)
class RealVerdictsIT {

  private static final VerdictThresholds STANDARD = VerdictThresholds.DEFAULTS;

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
  void noDns() throws IOException {
    Machine.needProgram("busybox", "true", "busybox");

    DnsReport report = captured("icmp or port 53", () -> dns.ping());

    expect(report, VerdictCode.NO_DNS);
  }

  @Test
  void oneQueryIsDnsThoughTooLittle() throws IOException {
    expect(captured(() -> dns.ask(some("a", 1))), VerdictCode.TOO_LITTLE_TRAFFIC);
  }

  @Test
  void tooLittleTrafficUpToNineteenQueries() throws IOException {
    DnsReport report = captured(() -> dns.ask(own(19)));

    expect(report, VerdictCode.TOO_LITTLE_TRAFFIC, "Only 19 queries");
  }

  @Test
  void healthyFromTwentyOn() throws IOException {
    DnsReport report = captured(() -> dns.ask(own(20)));

    expect(report, VerdictCode.HEALTHY, "20 of 20 queries");
  }

  @Test
  void queriesUnansweredIsOneOfSixty() throws IOException {
    DnsReport report = captured(() -> askWithOneInVain(59));

    expect(
        report,
        VerdictCode.QUERIES_UNANSWERED,
        "1 (1.7 %) of 60 queries to the target",
        "of 60 that it sent itself, 1 (1.7 %) got none either");
  }

  @Test
  void oneOfAHundredAndOneUnansweredIsHealthy() throws IOException {
    expect(captured(() -> askWithOneInVain(100)), VerdictCode.HEALTHY, "100 of 101 queries");
  }

  @Test
  void upstreamSlow() throws IOException {
    DnsReport report = captured(() -> askWithSlow(6));

    expect(report, VerdictCode.UPSTREAM_SLOW, "of 60 answers");
    assertThat(report.forwarding().orElseThrow().slowByUpstream()).isGreaterThanOrEqualTo(6);
  }

  @Test
  void upstreamSlowForTooFew() throws IOException {
    DnsReport report = captured(() -> askWithSlow(1));

    expect(report, VerdictCode.HEALTHY);
    assertThat(report.served().orElseThrow().slow()).isBetween(1L, 2L);
  }

  @Test
  void serverSlow() throws IOException {
    DnsReport report = captured(() -> askWithStops(5));

    expect(report, VerdictCode.SERVER_SLOW, "of 60 answers", "for 0 of these");
  }

  @Test
  void serverSlowForTooFew() throws IOException {
    DnsReport report = captured(() -> askWithStops(1));

    expect(report, VerdictCode.HEALTHY);
    assertThat(report.served().orElseThrow().slow()).isBetween(1L, 2L);
  }

  /** {@code ndots:5} as in every pod, with the search list of one. */
  @Test
  void nxdomainStorm() throws IOException {
    Resolver ofPods =
        new Resolver("ndots:5", "ns.svc.cluster.local svc.cluster.local cluster.local");

    DnsReport report = captured(() -> dns.ask(ofPods, some("name", 10)));

    expect(report, VerdictCode.NXDOMAIN_STORM, "30 (75.0 %) of 40 answers", "30 of them");
    assertThat(report.served().orElseThrow().searchExpansions()).isEqualTo(30);
  }

  /** A final dot keeps the search list out. */
  @Test
  void nxdomainForLessThanHalf() throws IOException {
    DnsReport report =
        captured(() -> {
          dns.ask(new Resolver("ndots:5", "cluster.local"), some("name", 10));
          dns.ask(some("whole", 2).stream().map(name -> name + ".").toList());
        });

    expect(report, VerdictCode.HEALTHY);
    assertThat(report.served().orElseThrow().rcodes())
        .containsEntry("NXDOMAIN", 10L)
        .containsEntry("NOERROR", 12L);
  }

  /**
   * getent asks twice for so many addresses, since they do not fit into its first buffer either.
   */
  @Test
  void truncationFallback() throws IOException {
    DnsReport report =
        captured(() -> {
          dns.ask(own(16));
          dns.ask(List.of("many.local.test"));
        });

    expect(
        report,
        VerdictCode.TRUNCATION_FALLBACK,
        "2 (10.0 %) of 20 answers",
        "2 queries came over TCP");
  }

  @Test
  void truncationFallbackOfLessThanATenth() throws IOException {
    DnsReport report =
        captured(() -> {
          dns.ask(own(17));
          dns.ask(List.of("many.local.test"));
        });

    expect(report, VerdictCode.HEALTHY);
    assertThat(report.served().orElseThrow().truncated()).isEqualTo(2);
    assertThat(report.served().orElseThrow().tcp()).isEqualTo(2);
  }

  /** The last of the others comes when the time for an answer is over, and the file knows that. */
  private void askWithOneInVain(int others) throws IOException {
    Process inVain = dns.asking("never-0.example.");
    dns.ask(some("quick", others - 1));
    ResolverLab.finish(inVain);
    dns.ask(some("last", 1));
  }

  /** Three times as long as what is called slow. */
  private void askWithSlow(int slow) throws IOException {
    dns.ask(some("quick", 60 - slow));
    dns.ask(some("after-300", slow));
  }

  private void askWithStops(int stops) throws IOException {
    dns.ask(some("quick", 60 - stops));
    for (String each : some("stop", stops)) {
      dns.askWhileStopped(each, 500);
    }
  }

  private static List<String> some(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + "-" + i + ".example").toList();
  }

  /** Names that the server in the pod knows by itself. */
  private static List<String> own(int count) {
    return new ArrayList<>(java.util.Collections.nCopies(count, "one.local.test"));
  }

  private static void expect(DnsReport report, VerdictCode code, String... parts) {
    assertThat(report.verdict().code()).as(report.verdict().sentence()).isEqualTo(code);
    assertThat(List.of(parts)).allMatch(report.verdict().sentence()::contains);
  }

  private DnsReport captured(PodCapture.Traffic traffic) throws IOException {
    return captured("port 53", traffic);
  }

  private DnsReport captured(String filter, PodCapture.Traffic traffic) throws IOException {
    Path file = PodCapture.of(lab, filter, directory.resolve("capture.pcap"), traffic);
    return new Tshark(file).expectTheSame(STANDARD, ResolverLab.POD);
  }
}
