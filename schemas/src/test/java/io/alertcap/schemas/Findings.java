package io.alertcap.schemas;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a capture's packets show, for {@link Examples}. */
public final class Findings {

  private Findings() {}

  public static Enrichment enrichment() {
    return new Enrichment(
        PayloadProfile.DNS,
        Optional.of("The disk is full."),
        List.of("The trigger service did not answer within 2000 ms."));
  }

  public static DnsReport dns() {
    return new DnsReport(
        new Verdict(
            VerdictCode.UPSTREAM_SLOW,
            "40 (40.0 %) of 100 answers of the target took longer than 100 ms.",
            List.of(VerdictCode.NXDOMAIN_STORM)),
        TargetKnown.GIVEN,
        List.of("172.20.1.195"),
        new DnsMessages(210, 200, 4, 1, 0, 2, 0, 1, 1, 0, 0),
        Optional.of(
            new DnsSide(
                100,
                5,
                99,
                1,
                1,
                0,
                0,
                40,
                2,
                1,
                2,
                30,
                0,
                Map.of("NXDOMAIN", 60L),
                Optional.of(latency()),
                List.of(new SlowName("a\\032b.example.", "AAAA", 3, 120_000, 250_000)),
                96,
                List.of(new DnsPeer("10.0.0.1", 100, 99, 1, 50_000, 250_000)),
                0)),
        Optional.of(bareSide()),
        Optional.of(bareSide()),
        Optional.of(
            new DnsForwarding(
                90, 9, 40, Optional.of(0.93), Optional.of(latency()), Optional.of(latency()))));
  }

  private static DnsSide bareSide() {
    return new DnsSide(
        1,
        0,
        0,
        0,
        1,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        Map.of(),
        Optional.empty(),
        List.of(),
        0,
        List.of(),
        1);
  }

  public static TcpReport tcp() {
    return new TcpReport(40, 3, 2, 1, 1, Optional.of(latency()), 1, 2, 3, 1, 0, 0);
  }

  private static Latency latency() {
    return new Latency(99, 80, 51_000, 900, 190_000, 200_000, 240_000, 250_000);
  }
}
