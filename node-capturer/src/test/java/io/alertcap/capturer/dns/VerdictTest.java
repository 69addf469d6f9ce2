package io.alertcap.capturer.dns;

import static io.alertcap.capturer.dns.DnsBytes.A;
import static io.alertcap.capturer.dns.DnsBytes.NXDOMAIN;
import static io.alertcap.capturer.dns.DnsBytes.TRUNCATED;
import static io.alertcap.capturer.dns.DnsBytes.query;
import static io.alertcap.capturer.dns.DnsBytes.response;
import static io.alertcap.capturer.dns.Scene.CLIENT;
import static io.alertcap.capturer.dns.Scene.TARGET;
import static io.alertcap.capturer.dns.Scene.UPSTREAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.schemas.Verdict;
import io.alertcap.schemas.VerdictCode;
import org.junit.jupiter.api.Test;

/** For each verdict a case where it is true, and one that only just is not. */
class VerdictTest {

  private static final long SECOND = 1_000_000L;

  private final Scene scene = new Scene();

  @Test
  void noDns() {
    scene.datagram(0, CLIENT, 1, TARGET, 5353, query(1, "a.example", A));

    expect(VerdictCode.NO_DNS, "no DNS message");
    scene.ask(1, CLIENT, TARGET, "a.example", 0, 5);
    expect(VerdictCode.TOO_LITTLE_TRAFFIC, "Only 1 query to or from the target");
  }

  @Test
  void oneStrayAnswerIsDnsAlready() {
    scene.answer(0, TARGET, CLIENT, 4_000, response(1, "a.example", A, 0));

    expect(VerdictCode.TOO_LITTLE_TRAFFIC, "Only 0 queries");
  }

  @Test
  void tooLittleTraffic() {
    scene.fast(19, CLIENT, TARGET);

    expect(VerdictCode.TOO_LITTLE_TRAFFIC, "Only 19 queries");
    scene.ask(SECOND, CLIENT, TARGET, "a.example", 0, 5);
    expect(
        VerdictCode.HEALTHY, "20 of 20 queries to the target were answered, 95 % of them within");
  }

  @Test
  void tooLittleTrafficInEachOfTwoRoles() {
    scene.fast(19, CLIENT, TARGET).fast(19, TARGET, UPSTREAM);

    expect(VerdictCode.TOO_LITTLE_TRAFFIC, "Only 38 queries", "takes 20 in one direction");
  }

  @Test
  void queriesUnanswered() {
    scene.fast(98, CLIENT, TARGET).askInVain(SECOND, CLIENT, TARGET, "b.example");

    expect(
        VerdictCode.QUERIES_UNANSWERED,
        "1 (1.0 %) of 99 queries to the target got no answer within 5 s",
        "Seen from the server's side only");
    scene.fast(2, CLIENT, TARGET);
    expect(VerdictCode.HEALTHY, "100 of 101");
  }

  @Test
  void queriesUnansweredNamesTheUpstream() {
    scene.fast(20, CLIENT, TARGET);
    scene.askInVain(SECOND, CLIENT, TARGET, "b.example");
    scene.askInVain(SECOND + 100, TARGET, UPSTREAM, "b.example");

    expect(
        VerdictCode.QUERIES_UNANSWERED,
        "1 (4.8 %) of 21 queries to the target",
        "of 1 that it sent itself, 1 (100.0 %) got none either");
  }

  @Test
  void doesNotCallUnansweredWhatTheEndOfTheCaptureCutOff() {
    scene.fast(20, CLIENT, TARGET).askInVain(SECOND, CLIENT, TARGET, "b.example");

    assertThat(scene.reportAfter(4 * SECOND, TARGET).verdict().code())
        .isEqualTo(VerdictCode.HEALTHY);
    assertThat(scene.reportAfter(5 * SECOND, TARGET).verdict().code())
        .isEqualTo(VerdictCode.QUERIES_UNANSWERED);
  }

  @Test
  void upstreamSlow() {
    scene.fast(20, CLIENT, TARGET);
    slowForwarded(200_000, 100, 140_000);

    expect(
        VerdictCode.UPSTREAM_SLOW,
        "2 (9.1 %) of 22 answers of the target took longer than 100 ms",
        "for 2 of these 2 the upstream took 70 % of the time or more",
        "Seen from the target, which both answers and asks");
  }

  @Test
  void upstreamSlowOnlyIfItIsToBlameForHalf() {
    scene.fast(20, CLIENT, TARGET);
    slowForwarded(200_000, 100, 140_000);
    slow(2, CLIENT, TARGET);

    expect(VerdictCode.UPSTREAM_SLOW, "for 2 of these 4");
    slow(1, CLIENT, TARGET);
    expect(VerdictCode.SERVER_SLOW, "for 2 of these 5");
  }

  @Test
  void serverSlow() {
    scene.fast(20, CLIENT, TARGET);
    slowForwarded(200_000, 100, 139_000);

    expect(VerdictCode.SERVER_SLOW, "for 0 of these 2 the upstream took 70 %");
  }

  @Test
  void serverSlowWithoutUpstream() {
    scene.fast(19, CLIENT, TARGET).ask(SECOND, CLIENT, TARGET, "b.example", 0, 100_001);

    expect(
        VerdictCode.SERVER_SLOW,
        "1 (5.0 %) of 20 answers",
        "sent no query of its own that the capture holds",
        "Seen from the server's side only");
  }

  @Test
  void notSlow() {
    scene.fast(19, CLIENT, TARGET).ask(SECOND, CLIENT, TARGET, "b.example", 0, 100_000);

    expect(VerdictCode.HEALTHY, "the slowest after 100 ms");
  }

  @Test
  void notSlowWhereTooFewAre() {
    scene.fast(20, CLIENT, TARGET);
    slow(1, CLIENT, TARGET);

    expect(VerdictCode.HEALTHY, "the slowest after 150 ms");
    slow(1, CLIENT, TARGET);
    expect(VerdictCode.SERVER_SLOW, "2 (9.1 %) of 22 answers");
  }

  @Test
  void upstreamSlowForAClient() {
    scene.fast(20, TARGET, UPSTREAM);
    scene.ask(SECOND, TARGET, UPSTREAM, "b.example", 0, 150_000);
    scene.ask(SECOND, TARGET, UPSTREAM, "c.example", 0, 150_000);

    expect(
        VerdictCode.UPSTREAM_SLOW,
        "2 (9.1 %) of 22 answers to the target's own queries",
        "whether the network or the server is to blame does not show");
  }

  @Test
  void upstreamNotSlowForAClient() {
    scene.fast(20, TARGET, UPSTREAM);
    slow(1, TARGET, UPSTREAM);

    expect(VerdictCode.HEALTHY, "the slowest after 150 ms");
  }

  @Test
  void nxdomainStorm() {
    searches(10);

    expect(
        VerdictCode.NXDOMAIN_STORM,
        "30 (75.0 %) of 40 answers of the target",
        "30 of them on the way along a search list");
    scene.fast(21, CLIENT, TARGET);
    expect(VerdictCode.HEALTHY, "were answered");
  }

  @Test
  void nxdomainStormFromExactlyHalf() {
    scene.fast(20, CLIENT, TARGET);
    for (int i = 0; i < 20; i++) {
      scene.ask(SECOND, CLIENT, TARGET, "gone" + i + ".example", NXDOMAIN, 300);
    }

    expect(VerdictCode.NXDOMAIN_STORM, "20 (50.0 %) of 40", "0 of them on the way along");
    scene.fast(1, CLIENT, TARGET);
    expect(VerdictCode.HEALTHY, "were answered");
  }

  @Test
  void truncationFallback() {
    scene.fast(18, CLIENT, TARGET);
    scene.ask(SECOND, CLIENT, TARGET, "b.example", TRUNCATED, 5);
    scene.ask(SECOND, CLIENT, TARGET, "c.example", TRUNCATED, 5);

    expect(
        VerdictCode.TRUNCATION_FALLBACK,
        "2 (10.0 %) of 20 answers of the target did not fit into UDP (2 of them to queries without"
            + " EDNS), and 0 queries came over TCP");
    scene.ask(SECOND, CLIENT, TARGET, "d.example", 0, 5);
    expect(VerdictCode.HEALTHY, "were answered");
  }

  @Test
  void saysThatTheTargetIsNotKnown() {
    scene.fast(20, CLIENT, TARGET);

    assertThat(scene.report().verdict().sentence())
        .contains("Which of the addresses is the target's is not known");
  }

  @Test
  void saysThatTheTargetIsInferred() {
    scene.fast(20, CLIENT, TARGET).ask(0, "10.0.0.10", TARGET, "a.example", 0, 5);

    assertThat(scene.report().verdict().sentence())
        .contains("The target is taken to be the one address that all DNS packets share");
  }

  @Test
  void namesWhatElseApplies() {
    searches(10);
    scene.askInVain(0, CLIENT, TARGET, "x.example");

    Verdict verdict = scene.reportAfter(10 * SECOND, TARGET).verdict();

    assertThat(verdict.code()).isEqualTo(VerdictCode.QUERIES_UNANSWERED);
    assertThat(verdict.also()).containsExactly(VerdictCode.NXDOMAIN_STORM);
  }

  private void expect(VerdictCode code, String... parts) {
    Verdict verdict = scene.reportAfter(10 * SECOND, TARGET).verdict();

    assertThat(verdict.code()).as(verdict.sentence()).isEqualTo(code);
    assertThat(verdict.sentence()).contains(parts);
  }

  private void slow(int count, String client, String server) {
    for (int i = 0; i < count; i++) {
      scene.ask(SECOND, client, server, "slow" + i + ".example", 0, 150_000);
    }
  }

  private void slowForwarded(long latency, long afterMicros, long upstreamLatency) {
    for (String name : new String[] {"b.example", "c.example"}) {
      scene.ask(SECOND, CLIENT, TARGET, name, 0, latency);
      scene.ask(SECOND + afterMicros, TARGET, UPSTREAM, name, 0, upstreamLatency);
    }
  }

  private void searches(int count) {
    String[] list = {".ns.svc.cluster.local", ".svc.cluster.local", ".cluster.local"};
    for (int i = 0; i < count; i++) {
      long at = i * SECOND;
      String name = "api" + i + ".example.com";
      for (String domain : list) {
        scene.ask(at, CLIENT, TARGET, name + domain, NXDOMAIN, 300);
        at += 1_000;
      }
      scene.ask(at, CLIENT, TARGET, name, 0, 300);
    }
  }
}
