package io.alertcap.capturer.dns;

import static io.alertcap.capturer.dissect.PacketBuilder.TCP;
import static io.alertcap.capturer.dissect.PacketBuilder.ip;
import static io.alertcap.capturer.dissect.PacketBuilder.tcp;
import static io.alertcap.capturer.dissect.PacketBuilder.udp;
import static io.alertcap.capturer.dns.DnsBytes.A;
import static io.alertcap.capturer.dns.DnsBytes.prefixed;
import static io.alertcap.capturer.dns.DnsBytes.query;
import static io.alertcap.capturer.dns.DnsBytes.response;
import static io.alertcap.capturer.dns.Scene.CLIENT;
import static io.alertcap.capturer.dns.Scene.TARGET;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.capturer.dissect.Dissector;
import io.alertcap.capturer.dissect.LinkType;
import io.alertcap.schemas.DnsPeer;
import io.alertcap.schemas.DnsReport;
import io.alertcap.schemas.DnsSide;
import io.alertcap.schemas.SlowName;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What more clients, names, queries and nonsense than anybody has do not do. */
class DnsAnalysisBoundsTest {

  private static final String NAME = "www.example";
  private final Scene scene = new Scene();

  @Test
  void namesTheSlowestAndCountsTheOthers() {
    for (int i = 0; i < 2_000; i++) {
      scene.ask(i * 1_000L, CLIENT, TARGET, "n" + i + ".example", 0, 100 + (i * 7_919L) % 2_000);
    }

    DnsSide served = served(scene.report(TARGET));

    assertThat(served.slowestNames()).hasSize(20);
    assertThat(served.slowestNames())
        .extracting(SlowName::slowestMicros)
        .startsWith(2_099L, 2_098L, 2_097L)
        .endsWith(2_080L);
    assertThat(served.otherNames()).isEqualTo(1_980);
  }

  @Test
  void namesTheClientsWithMostQueriesAndCountsTheOthers() {
    for (int i = 0; i < 5_000; i++) {
      String client = i % 5 == 0 ? CLIENT : "10." + i % 7 + "." + i / 250 + "." + i % 250;
      scene.ask(i * 1_000L, client, TARGET, NAME, 0, 100);
    }

    DnsSide served = served(scene.report(TARGET));

    assertThat(served.peers().getFirst().address()).isEqualTo(CLIENT);
    assertThat(served.peers().getFirst().queries()).isEqualTo(1_000);
    assertThat(served.otherPeers() + served.peers().stream().mapToLong(DnsPeer::queries).sum())
        .isEqualTo(5_000);
  }

  @Test
  void forgetsTheEldestQueriesWhenTooManyAreUnderWay() {
    for (int i = 0; i < TransactionTable.MOST_OPEN + 10; i++) {
      byte[] message = query(i & 0xffff, "n" + i + ".example", A);
      scene.query(i, CLIENT, 2_000 + (i >> 16), TARGET, message);
    }

    DnsReport report = scene.report(TARGET);

    assertThat(report.messages().forgotten()).isEqualTo(10);
    assertThat(served(report).undecided()).isEqualTo(TransactionTable.MOST_OPEN + 10);
    assertThat(served(report).unanswered()).isZero();
  }

  @Test
  void doesNotKeepEveryQuestionOfOneIdAndFlow() {
    for (int i = 0; i < 100; i++) {
      scene.query(i, CLIENT, 2_000, TARGET, query(1, "n" + i + ".example", A));
    }

    assertThat(scene.report(TARGET).messages().forgotten()).isBetween(80L, 99L);
  }

  /** Random datagrams and flipped bits, all taken for DNS. */
  @Test
  void takesAnyBytes() {
    Random random = new Random(20261123);
    DnsAnalysis analysis =
        new DnsAnalysis(Set.of(), Set.of(), VerdictThresholds.DEFAULTS, Optional.empty());
    Dissector dissector = new Dissector();
    byte[][] seeds = {
      ip(CLIENT, TARGET, 17, udp(4_000, 53, query(1, NAME, A))),
      ip(
          TARGET,
          CLIENT,
          17,
          udp(53, 4_000, response(1, NAME, A, 0, DnsBytes.record(A, 1, "01020304")))),
      ip(CLIENT, TARGET, TCP, tcp(4_000, 53, 16, 5, 5, prefixed(query(1, NAME, A)))),
    };
    for (int i = 0; i < 600_000; i++) {
      byte[] seed = seeds[i % seeds.length];
      byte[] packet = Arrays.copyOf(seed, i % 7 == 0 ? random.nextInt(seed.length) : seed.length);
      for (int flips = random.nextInt(6); flips > 0 && packet.length > 0; flips--) {
        packet[random.nextInt(packet.length)] = (byte) random.nextInt();
      }
      long at = i * 1_000_000L + random.nextInt(2_000_000);
      analysis.packet(dissector.dissect(LinkType.RAW, packet, 0, packet.length, seed.length), at);
    }

    DnsReport report = analysis.finish();

    assertThat(report.messages().queries()).isPositive();
    assertThat(report.verdict().sentence()).isNotBlank();
  }

  private static DnsSide served(DnsReport report) {
    return report.served().orElseThrow();
  }
}
