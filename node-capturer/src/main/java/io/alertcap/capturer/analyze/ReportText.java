package io.alertcap.capturer.analyze;

import io.alertcap.schemas.DnsForwarding;
import io.alertcap.schemas.DnsPeer;
import io.alertcap.schemas.DnsReport;
import io.alertcap.schemas.DnsSide;
import io.alertcap.schemas.Latency;
import io.alertcap.schemas.SlowName;
import io.alertcap.schemas.TcpReport;
import io.alertcap.schemas.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A report for people: the verdict first, then the tables. */
final class ReportText {

  private static final int SHOWN_PEERS = 10;

  private final StringBuilder text = new StringBuilder();

  private ReportText() {}

  static String of(FileReport report) {
    ReportText text = new ReportText();
    text.file(report);
    text.dns(report.dns());
    text.tcp(report.tcp());
    return text.text.toString();
  }

  private void file(FileReport report) {
    line("%s: %d packets. %s".formatted(report.file(), report.packets(), report.ending()));
    report
        .firstPacketAt()
        .ifPresent(
            first -> line("from %s to %s".formatted(first, report.lastPacketAt().orElse(first))));
    if (report.unreadable() > 0) {
      line("%d packets are of a link layer that cannot be read".formatted(report.unreadable()));
    }
  }

  private void dns(DnsReport report) {
    Verdict verdict = report.verdict();
    line("");
    line("%s: %s".formatted(verdict.code(), verdict.sentence()));
    if (!verdict.also().isEmpty()) {
      line("also: %s".formatted(joined(verdict.also())));
    }
    if (!report.target().isEmpty()) {
      line("target: %s (%s)".formatted(joined(report.target()), lower(report.targetKnown())));
    }
    report.served().ifPresent(side -> side("served: queries that the target was asked", side));
    report.upstream().ifPresent(side -> side("upstream: queries that the target asked", side));
    report.other().ifPresent(side -> side("queries between others", side));
    report.forwarding().ifPresent(this::forwarding);
  }

  private void side(String title, DnsSide side) {
    line("");
    line("%s".formatted(title));
    line(
        "  %d queries, %d answered (%d late), %d unanswered, %d undecided, %d sent again, %d over TCP"
            .formatted(
                side.queries(),
                side.answered(),
                side.late(),
                side.unanswered(),
                side.undecided(),
                side.retransmissions(),
                side.tcp()));
    line(
        "  %d truncated, %d NXDOMAIN by search domains, %d pairs as in the conntrack race"
            .formatted(side.truncated(), side.searchExpansions(), side.conntrackRaces()));
    String rcodes =
        side.rcodes().entrySet().stream()
            .map(each -> each.getKey() + " " + each.getValue())
            .collect(Collectors.joining(", "));
    line("  rcodes: %s".formatted(rcodes.isEmpty() ? "none" : rcodes));
    side.latency().ifPresent(latency -> latency("latency", latency));
    names(side.slowestNames());
    peers(side.peers());
  }

  private void names(List<SlowName> names) {
    if (!names.isEmpty()) {
      line("  %12s %12s %8s  %-6s %s".formatted("slowest", "mean", "answers", "type", "name"));
      names.forEach(each ->
          line(
              "  %12s %12s %8d  %-6s %s"
                  .formatted(
                      millis(each.slowestMicros()),
                      millis(each.meanMicros()),
                      each.answers(),
                      each.type(),
                      each.name())));
    }
  }

  private void peers(List<DnsPeer> peers) {
    if (!peers.isEmpty()) {
      line(
          "  %12s %12s %8s  %10s  %s"
              .formatted("slowest", "mean", "queries", "unanswered", "peer"));
      peers.stream()
          .limit(SHOWN_PEERS)
          .forEach(each ->
              line(
                  "  %12s %12s %8d  %10d  %s"
                      .formatted(
                          millis(each.slowestMicros()),
                          millis(each.meanMicros()),
                          each.queries(),
                          each.unanswered(),
                          each.address())));
    }
  }

  private void forwarding(DnsForwarding report) {
    line("");
    line(
        "of what was served, %d were forwarded, %d answered from what the target had"
            .formatted(report.forwarded(), report.own()));
    report
        .medianShare()
        .ifPresent(share ->
            line("  share of the upstream in the time, median: %.0f %%".formatted(share * 100)));
    report.forwardedLatency().ifPresent(latency -> latency("forwarded", latency));
    report.ownLatency().ifPresent(latency -> latency("own", latency));
  }

  private void tcp(TcpReport report) {
    if (report.segments() == 0) {
      return;
    }
    line("");
    line(
        "TCP: %d segments, %d connections, %d opened, %d unopened (%d refused)"
            .formatted(
                report.segments(),
                report.flows(),
                report.opened(),
                report.unopened(),
                report.refused()));
    line(
        "  %d segments and %d SYNs sent again, %d out of order, %d resets, %d zero windows"
            .formatted(
                report.retransmissions(),
                report.synRetransmissions(),
                report.outOfOrder(),
                report.resets(),
                report.zeroWindows()));
    report.handshake().ifPresent(latency -> latency("SYN to SYN-ACK", latency));
  }

  private void latency(String title, Latency latency) {
    line(
        "  %s: p50 %s, p90 %s, p95 %s, p99 %s, max %s"
            .formatted(
                title,
                millis(latency.p50Micros()),
                millis(latency.p90Micros()),
                millis(latency.p95Micros()),
                millis(latency.p99Micros()),
                millis(latency.maxMicros())));
  }

  private static String millis(long micros) {
    return String.format(Locale.ROOT, "%.3f ms", micros / 1e3);
  }

  private static String joined(List<?> parts) {
    return parts.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private void line(String content) {
    text.append(content.stripTrailing()).append('\n');
  }
}
