package io.alertcap.capturer.event;

import io.alertcap.capturer.fixture.Requests;
import io.alertcap.schemas.Alert;
import io.alertcap.schemas.Artifact;
import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureResult;
import io.alertcap.schemas.DnsMessages;
import io.alertcap.schemas.DnsPeer;
import io.alertcap.schemas.DnsReport;
import io.alertcap.schemas.DnsSide;
import io.alertcap.schemas.Enrichment;
import io.alertcap.schemas.PayloadProfile;
import io.alertcap.schemas.Peer;
import io.alertcap.schemas.SlowName;
import io.alertcap.schemas.Statistics;
import io.alertcap.schemas.TargetKnown;
import io.alertcap.schemas.Verdict;
import io.alertcap.schemas.VerdictCode;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Events with as much in them as their schema allows, in letters that take most room as JSON. */
final class LargestEvent {

  /** Six bytes as JSON. */
  private static final String WIDEST = "\u0001";

  private static final Instant AT = Instant.parse("2026-11-22T22:33:35.123456789Z");

  private LargestEvent() {}

  /** Of a request whose alert has labels of so many characters. */
  static CaptureRequest request(int labelLength) {
    return Requests.forContainer("largest").with(alert(labelLength));
  }

  static CaptureEvent.Completed completed(CaptureRequest request) {
    return new CaptureEvent.Completed(
        request,
        AT,
        result(),
        new Artifact(
            "captures",
            "k".repeat(1024),
            Long.MAX_VALUE,
            "0".repeat(64),
            "pcapng",
            "gzip",
            1,
            "EN10MB"),
        Optional.of(
            new Enrichment(
                PayloadProfile.FULL,
                Optional.of(text(Enrichment.MAX_LENGTH)),
                Collections.nCopies(Enrichment.MAX_WARNINGS, text(Enrichment.MAX_LENGTH)))),
        Optional.of(dns()),
        Optional.empty(),
        Optional.of("k".repeat(1024)));
  }

  static CaptureResult result() {
    List<String> names = Collections.nCopies(Peer.MAX_NAMES, text(253));
    Peer peer = new Peer("f".repeat(45), names, Long.MAX_VALUE, Long.MAX_VALUE);
    return new CaptureResult(
        CaptureEnd.DURATION,
        "eth0",
        "EN10MB",
        Long.MAX_VALUE,
        Long.MAX_VALUE,
        Optional.of(
            Statistics.uncounted(Optional.of(AT), Optional.of(AT))
                .with(Collections.nCopies(Statistics.MAX_PEERS, peer))),
        AT,
        AT);
  }

  private static Alert alert(int labelLength) {
    Map<String, String> texts = new TreeMap<>();
    for (int i = 0; i < Alert.MAX_ENTRIES; i++) {
      texts.put("%03d".formatted(i) + text(labelLength - 3), text(labelLength));
    }
    String longest = text(Alert.MAX_LENGTH);
    return new Alert(longest, "0".repeat(64), longest, AT, texts, texts, longest);
  }

  private static DnsReport dns() {
    SlowName name =
        new SlowName(text(1024), "AAAA", Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
    DnsPeer peer = new DnsPeer("f".repeat(45), Long.MAX_VALUE, 1, 1, Long.MAX_VALUE, 1);
    DnsSide side =
        new DnsSide(
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            Map.of("NOERROR", 1L),
            Optional.empty(),
            Collections.nCopies(DnsSide.MAX_SLOWEST_NAMES, name),
            1,
            Collections.nCopies(DnsSide.MAX_PEERS, peer),
            1);
    return new DnsReport(
        new Verdict(VerdictCode.CONNTRACK_RACE, text(2048), List.of(VerdictCode.values())),
        TargetKnown.GIVEN,
        Collections.nCopies(64, "f".repeat(45)),
        new DnsMessages(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1),
        Optional.of(side),
        Optional.of(side),
        Optional.of(side),
        Optional.empty());
  }

  private static String text(int length) {
    return WIDEST.repeat(length);
  }
}
