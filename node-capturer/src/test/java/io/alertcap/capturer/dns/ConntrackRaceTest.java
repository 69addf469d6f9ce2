package io.alertcap.capturer.dns;

import static io.alertcap.capturer.dns.DnsBytes.A;
import static io.alertcap.capturer.dns.DnsBytes.AAAA;
import static io.alertcap.capturer.dns.DnsBytes.query;
import static io.alertcap.capturer.dns.DnsBytes.response;
import static io.alertcap.capturer.dns.Scene.CLIENT;
import static io.alertcap.capturer.dns.Scene.TARGET;
import static io.alertcap.capturer.dns.Scene.UPSTREAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.schemas.Verdict;
import io.alertcap.schemas.VerdictCode;
import org.junit.jupiter.api.Test;

/** The pattern of a query that was lost beside its twin, and what only resembles it. */
class ConntrackRaceTest {

  private static final long SECOND = 1_000_000L;

  private final Scene scene = new Scene();

  @Test
  void asItsClientSeesIt() {
    scene.fast(20, TARGET, UPSTREAM);
    lostHalf(1, 5 * SECOND);
    lostHalf(2, 5 * SECOND);

    expect(VerdictCode.CONNTRACK_RACE, "2 times one of an A and an AAAA query sent together by");
  }

  @Test
  void noRaceWhereTheRetryComesAtAnotherTime() {
    scene.fast(20, TARGET, UPSTREAM);
    lostHalf(1, 5 * SECOND);
    lostHalf(2, 4 * SECOND);

    assertThat(scene.report(TARGET).verdict().code()).isNotEqualTo(VerdictCode.CONNTRACK_RACE);
    assertThat(scene.report(TARGET).upstream().orElseThrow().conntrackRaces()).isOne();
  }

  @Test
  void noRaceWhereItHappenedOnce() {
    scene.fast(20, CLIENT, TARGET);
    arrivingHalf(1);

    expect(VerdictCode.HEALTHY, "were answered");
    assertThat(scene.report(TARGET).served().orElseThrow().conntrackRaces()).isOne();
  }

  @Test
  void asItsServerSeesIt() {
    scene.fast(20, CLIENT, TARGET);
    arrivingHalf(1);
    arrivingHalf(2);

    expect(VerdictCode.CONNTRACK_RACE, "2 times", "Seen from the server's side only");
  }

  private void expect(VerdictCode code, String... parts) {
    Verdict verdict = scene.reportAfter(10 * SECOND, TARGET).verdict();

    assertThat(verdict.code()).as(verdict.sentence()).isEqualTo(code);
    assertThat(verdict.sentence()).contains(parts);
  }

  private void lostHalf(int id, long retry) {
    int port = 50_000 + id;
    long at = id * (20 * SECOND);
    scene.query(at, TARGET, port, UPSTREAM, query(id, "race.example", A));
    scene.query(at + 30, TARGET, port, UPSTREAM, query(id + 100, "race.example", AAAA));
    scene.answer(at + 900, UPSTREAM, TARGET, port, response(id, "race.example", A, 0));
    scene.query(at + retry + 40, TARGET, port, UPSTREAM, query(id + 100, "race.example", AAAA));
    scene.answer(
        at + retry + 900, UPSTREAM, TARGET, port, response(id + 100, "race.example", AAAA, 0));
  }

  private void arrivingHalf(int id) {
    int port = 50_000 + id;
    long at = id * (20 * SECOND);
    scene.query(at, CLIENT, port, TARGET, query(id, "race.example", A));
    scene.answer(at + 100, TARGET, CLIENT, port, response(id, "race.example", A, 0));
    long again = at + 5 * SECOND + 500;
    scene.query(again, CLIENT, port, TARGET, query(id, "race.example", A));
    scene.answer(again + 100, TARGET, CLIENT, port, response(id, "race.example", A, 0));
    scene.query(again + 300, CLIENT, port, TARGET, query(id + 100, "race.example", AAAA));
    scene.answer(again + 400, TARGET, CLIENT, port, response(id + 100, "race.example", AAAA, 0));
  }
}
