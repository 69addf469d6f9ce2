package io.alertcap.capturer.dns;

import static io.alertcap.capturer.dissect.PacketBuilder.fragment;
import static io.alertcap.capturer.dissect.PacketBuilder.ip;
import static io.alertcap.capturer.dissect.PacketBuilder.udp;
import static io.alertcap.capturer.dns.DnsBytes.A;
import static io.alertcap.capturer.dns.DnsBytes.AAAA;
import static io.alertcap.capturer.dns.DnsBytes.query;
import static io.alertcap.capturer.dns.DnsBytes.response;
import static io.alertcap.capturer.dns.Scene.CLIENT;
import static io.alertcap.capturer.dns.Scene.TARGET;
import static io.alertcap.capturer.dns.Scene.UPSTREAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.capturer.dissect.Dissector;
import io.alertcap.capturer.dissect.LinkType;
import io.alertcap.capturer.dissect.PacketBuilder;
import io.alertcap.schemas.DnsForwarding;
import io.alertcap.schemas.DnsPeer;
import io.alertcap.schemas.DnsReport;
import io.alertcap.schemas.DnsSide;
import io.alertcap.schemas.TargetKnown;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DnsAnalysisTest {

  private static final long SECOND = 1_000_000L;
  private static final String NAME = "www.example";

  private final Scene scene = new Scene();

  @Test
  void tellsServedFromUpstreamAndBothFromTheRest() {
    scene.ask(0, CLIENT, TARGET, NAME, 0, 900);
    scene.ask(10, TARGET, UPSTREAM, NAME, 0, 700);
    scene.ask(20, CLIENT, UPSTREAM, NAME, 3, 5_000);

    DnsReport report = scene.report(TARGET);

    assertThat(report.targetKnown()).isEqualTo(TargetKnown.GIVEN);
    assertThat(served(report).latency().orElseThrow().maxMicros()).isEqualTo(900);
    assertThat(report.upstream().orElseThrow().latency().orElseThrow().maxMicros()).isEqualTo(700);
    assertThat(report.other().orElseThrow().rcodes()).containsOnlyKeys("NXDOMAIN");
    assertThat(served(report).peers()).containsExactly(new DnsPeer(CLIENT, 1, 1, 0, 900, 900));
    assertThat(report.upstream().orElseThrow().peers())
        .extracting(DnsPeer::address)
        .containsExactly(UPSTREAM);
  }

  @Test
  void saysWhichShareOfAForwardedNamesTimeTheUpstreamTook() {
    scene.ask(0, CLIENT, TARGET, NAME, 0, 1_000);
    scene.ask(100, TARGET, UPSTREAM, NAME, 0, 600);
    scene.ask(5_000, CLIENT, TARGET, NAME, 0, 50);
    scene.ask(6_000, TARGET, UPSTREAM, NAME, 0, 50);

    DnsForwarding forwarding = scene.report(TARGET).forwarding().orElseThrow();

    assertThat(forwarding.forwarded()).isOne();
    assertThat(forwarding.own()).isOne();
    assertThat(forwarding.medianShare()).contains(0.6);
    assertThat(forwarding.forwardedLatency().orElseThrow().p50Micros()).isEqualTo(1_000);
    assertThat(forwarding.ownLatency().orElseThrow().p50Micros()).isEqualTo(50);
  }

  @Test
  void infersTheTargetFromTheOneAddressInAllPackets() {
    scene.ask(0, CLIENT, TARGET, NAME, 0, 900).ask(10, TARGET, UPSTREAM, NAME, 0, 700);

    DnsReport report = scene.report();

    assertThat(report.targetKnown()).isEqualTo(TargetKnown.INFERRED);
    assertThat(report.target()).containsExactly(TARGET);
    assertThat(served(report).queries()).isOne();
    assertThat(report.upstream().orElseThrow().queries()).isOne();
    assertThat(report.forwarding()).isPresent();
  }

  @Test
  void doesNotInferWhatTwoAddressesCouldBe() {
    scene.ask(0, CLIENT, TARGET, NAME, 0, 900).ask(10, CLIENT, TARGET, NAME, 0, 900);
    assertThat(scene.report().targetKnown()).isEqualTo(TargetKnown.UNKNOWN);

    scene.ask(20, CLIENT, UPSTREAM, NAME, 0, 9).ask(30, TARGET, UPSTREAM, NAME, 0, 9);
    assertThat(scene.report().targetKnown()).isEqualTo(TargetKnown.UNKNOWN);
    assertThat(scene.report().other().orElseThrow().queries()).isEqualTo(4);
    assertThat(scene.report().target()).isEmpty();
  }

  @Test
  void countsRetransmissionsWithinOneTransaction() {
    scene.query(0, CLIENT, 4_000, TARGET, query(1, NAME, A));
    scene.query(SECOND, CLIENT, 4_000, TARGET, query(1, NAME, A));
    scene.answer(SECOND + 300, TARGET, CLIENT, 4_000, response(1, NAME, A, 0));
    scene.answer(SECOND + 400, TARGET, CLIENT, 4_000, response(1, NAME, A, 0));

    DnsSide served = served(scene.report(TARGET));

    assertThat(served.queries()).isOne();
    assertThat(served.retransmissions()).isOne();
    assertThat(served.answered()).isOne();
    assertThat(served.repeatedAnswers()).isOne();
    assertThat(served.latency().orElseThrow().maxMicros()).isEqualTo(SECOND + 300);
  }

  @Test
  void takesARepetitionAfterFiveSecondsForANewTry() {
    scene.query(0, CLIENT, 4_000, TARGET, query(1, NAME, A));
    scene.query(5 * SECOND, CLIENT, 4_000, TARGET, query(1, NAME, A));
    scene.answer(5 * SECOND + 300, TARGET, CLIENT, 4_000, response(1, NAME, A, 0));

    DnsSide served = served(scene.report(TARGET));

    assertThat(served.queries()).isEqualTo(2);
    assertThat(served.unanswered()).isOne();
    assertThat(served.latency().orElseThrow().maxMicros()).isEqualTo(300);
  }

  @Test
  void tellsLateUnansweredAndUndecidedApart() {
    scene.ask(0, CLIENT, TARGET, "late.example", 0, 6 * SECOND);
    scene.askInVain(SECOND, CLIENT, TARGET, "never.example");
    scene.askInVain(8 * SECOND, CLIENT, TARGET, "open.example");
    scene.answer(9 * SECOND, TARGET, CLIENT, 7, response(9, "before.example", A, 0));

    DnsReport report = scene.report(TARGET);

    assertThat(served(report).late()).isOne();
    assertThat(served(report).unanswered()).isOne();
    assertThat(served(report).undecided()).isOne();
    assertThat(report.messages().strayAnswers()).isOne();
  }

  @Test
  void survivesATimeStampFromTheFuture() {
    DnsAnalysis analysis = analysis();
    Dissector dissector = new Dissector();
    byte[] asked = ip(CLIENT, TARGET, 17, udp(4_000, 53, query(1, NAME, A)));
    byte[] answered = ip(TARGET, CLIENT, 17, udp(53, 4_000, response(1, NAME, A, 0)));
    for (long second : new long[] {1, 4_000_000_000L, 2}) {
      analysis.packet(
          dissector.dissect(LinkType.RAW, asked, 0, asked.length, asked.length),
          second * 1_000_000_000L);
      analysis.packet(
          dissector.dissect(LinkType.RAW, answered, 0, answered.length, answered.length),
          second * 1_000_000_000L + 300_000);
    }

    DnsSide all = analysis.finish().other().orElseThrow();

    assertThat(all.answered()).isEqualTo(3);
    assertThat(all.latency().orElseThrow().maxMicros()).isEqualTo(300);
  }

  @Test
  void matchesByQuestionWhereTheIdIsTheSame() {
    scene.query(0, CLIENT, 4_000, TARGET, query(1, NAME, A));
    scene.query(10, CLIENT, 4_000, TARGET, query(1, NAME, AAAA));
    scene.answer(100, TARGET, CLIENT, 4_000, response(1, NAME, A, 0));
    scene.answer(210, TARGET, CLIENT, 4_000, response(1, NAME, AAAA, 0));

    DnsSide served = served(scene.report(TARGET));

    assertThat(served.answered()).isEqualTo(2);
    assertThat(served.latency().orElseThrow().minMicros()).isEqualTo(100);
    assertThat(served.latency().orElseThrow().maxMicros()).isEqualTo(200);
  }

  @Test
  void matchesAnAnswerThatLeavesTheQuestionOut() {
    scene.query(0, CLIENT, 4_000, TARGET, query(1, NAME, A));
    byte[] refused = Arrays.copyOf(response(1, NAME, A, 5), 12);
    refused[5] = 0;
    scene.answer(100, TARGET, CLIENT, 4_000, refused);

    assertThat(served(scene.report(TARGET)).rcodes()).containsEntry("REFUSED", 1L);
  }

  @Test
  void notesFragmentsAndWhatCannotBeRead() {
    byte[] datagram = udp(53, 4_000, response(1, NAME, A, 0));
    scene.query(0, CLIENT, 4_000, TARGET, query(1, NAME, A));
    scene.packet(10, fragment(TARGET, CLIENT, 17, 0x2000, datagram));
    scene.packet(11, fragment(TARGET, CLIENT, 17, 0x0005, new byte[99]));
    scene.query(20, CLIENT, 4_000, TARGET, new byte[5]);

    DnsReport report = scene.report(TARGET);

    assertThat(report.messages().fragments()).isOne();
    assertThat(report.messages().laterFragments()).isOne();
    assertThat(report.messages().malformed()).isOne();
    assertThat(served(report).answered()).isOne();
  }

  @Test
  void countsAPacketOnItsWayThroughSeveralInterfacesOnce() {
    DnsAnalysis analysis = analysis();
    Dissector dissector = new Dissector();
    byte[] asked = ip(CLIENT, TARGET, 17, udp(4_000, 53, query(1, NAME, A)));
    byte[] answered = ip(TARGET, CLIENT, 17, udp(53, 4_000, response(1, NAME, A, 0)));
    for (int i = 0; i < 3; i++) {
      byte[] cooked = PacketBuilder.cooked2(i, 1, 0, 0x0800, asked);
      analysis.packet(
          dissector.dissect(LinkType.LINUX_SLL2, cooked, 0, cooked.length, cooked.length), i);
    }
    for (int i = 0; i < 3; i++) {
      byte[] cooked = PacketBuilder.cooked2(i, 1, 0, 0x0800, answered);
      analysis.packet(
          dissector.dissect(LinkType.LINUX_SLL2, cooked, 0, cooked.length, cooked.length), 9 + i);
    }

    DnsReport report = analysis.finish();

    assertThat(report.messages().transits()).isEqualTo(4);
    assertThat(report.other().orElseThrow().retransmissions()).isZero();
    assertThat(report.other().orElseThrow().repeatedAnswers()).isZero();
  }

  private static DnsAnalysis analysis() {
    return new DnsAnalysis(Set.of(), Set.of(), VerdictThresholds.DEFAULTS, Optional.empty());
  }

  private static DnsSide served(DnsReport report) {
    return report.served().orElseThrow();
  }
}
