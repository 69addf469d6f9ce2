package io.alertcap.capturer.dns;

import io.alertcap.schemas.DnsForwarding;
import io.alertcap.schemas.DnsMessages;
import io.alertcap.schemas.DnsSide;
import io.alertcap.schemas.Verdict;
import io.alertcap.schemas.VerdictCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts figures into a verdict. Pure: the same figures give the same sentence. */
final class Judge {

  private final VerdictThresholds thresholds;

  Judge(VerdictThresholds thresholds) {
    this.thresholds = thresholds;
  }

  Verdict judge(Evidence evidence) {
    DnsMessages messages = evidence.messages();
    if (messages.queries() + messages.answers() == 0) {
      return new Verdict(
          VerdictCode.NO_DNS,
          "The capture holds no DNS message on the ports looked at.",
          List.of());
    }
    List<Side> sides = evidence.sides().filter(this::isEnough).toList();
    if (sides.isEmpty()) {
      return tooLittle(evidence);
    }
    List<Finding> findings = new ArrayList<>();
    sides.forEach(side -> findings.addAll(findings(side, evidence)));
    findings.sort(null);
    Finding first = findings.isEmpty() ? healthy(sides.getFirst()) : findings.getFirst();
    List<VerdictCode> also =
        findings.stream().map(Finding::code).distinct().filter(c -> c != first.code()).toList();
    return new Verdict(first.code(), first.sentence() + " " + evidence.whoseSide(), also);
  }

  private boolean isEnough(Side side) {
    return side.report().decided() >= thresholds.fewestQueries();
  }

  private Verdict tooLittle(Evidence evidence) {
    long decided = evidence.sides().mapToLong(side -> side.report().decided()).sum();
    return new Verdict(
        VerdictCode.TOO_LITTLE_TRAFFIC,
        "Only %s to or from the target that were answered or timed out, where any statement takes %d in one direction."
            .formatted(Wording.count(decided, "query", "queries"), thresholds.fewestQueries()),
        List.of());
  }

  private List<Finding> findings(Side side, Evidence evidence) {
    return Stream.of(
            conntrackRace(side),
            unanswered(side, evidence),
            slow(side, evidence),
            truncation(side),
            nxdomain(side))
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<Finding> conntrackRace(Side side) {
    long races = side.report().conntrackRaces();
    if (races < thresholds.conntrackRaces()) {
      return Optional.empty();
    }
    return found(
        VerdictCode.CONNTRACK_RACE,
        ("%d times one of an A and an AAAA query sent together%s was lost and asked again after 5 s:"
                + " the pattern of the race in the kernel's connection tracking.")
            .formatted(races, side.role() == Role.UPSTREAM ? " by the target" : ""));
  }

  private Optional<Finding> unanswered(Side side, Evidence evidence) {
    DnsSide report = side.report();
    if (isBelow(report.unanswered(), report.decided(), thresholds.unansweredShare())) {
      return Optional.empty();
    }
    String upstreamToo =
        evidence
            .upstream()
            .filter(upstream -> side.role() == Role.SERVED && upstream.unanswered() > 0)
            .map(upstream -> Wording.upstreamToo(upstream))
            .orElse("");
    return found(
        VerdictCode.QUERIES_UNANSWERED,
        "%s of %d queries %s got no answer within %s%s."
            .formatted(
                Wording.part(report.unanswered(), report.decided()),
                report.decided(),
                side.queriesOf(),
                Wording.seconds(thresholds.answerTimeout()),
                upstreamToo));
  }

  private Optional<Finding> slow(Side side, Evidence evidence) {
    DnsSide report = side.report();
    boolean isPartOfServed = side.role() == Role.UPSTREAM && evidence.served().isPresent();
    if (isPartOfServed || isBelow(report.slow(), report.answered(), thresholds.slowShare())) {
      return Optional.empty();
    }
    String slow =
        "%s of %d answers %s took longer than %s (95 %% within %s)"
            .formatted(
                Wording.part(report.slow(), report.answered()),
                report.answered(),
                side.answersOf(),
                Wording.seconds(thresholds.slowAnswer()),
                Wording.micros(report.latency().orElseThrow().p95Micros()));
    return switch (side.role()) {
      case UPSTREAM -> Optional.of(new Finding(VerdictCode.UPSTREAM_SLOW, slow + "."));
      case OTHER -> Optional.of(new Finding(VerdictCode.SERVER_SLOW, slow + "."));
      case SERVED -> Optional.of(slowServer(report, slow, evidence));
    };
  }

  private Finding slowServer(DnsSide served, String slow, Evidence evidence) {
    Optional<DnsForwarding> forwarding = evidence.forwarding();
    if (forwarding.isEmpty()) {
      return new Finding(
          VerdictCode.SERVER_SLOW,
          slow + "; the target sent no query of its own that the capture holds.");
    }
    long byUpstream = forwarding.get().slowByUpstream();
    String share =
        "%s; for %d of these %d the upstream took %d %% of the time or more."
            .formatted(
                slow, byUpstream, served.slow(), Math.round(100 * thresholds.upstreamShare()));
    return 2 * byUpstream >= served.slow()
        ? new Finding(VerdictCode.UPSTREAM_SLOW, share)
        : new Finding(VerdictCode.SERVER_SLOW, share);
  }

  private Optional<Finding> truncation(Side side) {
    DnsSide report = side.report();
    if (isBelow(report.truncated(), report.answered(), thresholds.truncatedShare())) {
      return Optional.empty();
    }
    return found(
        VerdictCode.TRUNCATION_FALLBACK,
        ("%s of %d answers %s did not fit into UDP (%d of them to queries without EDNS), and %s"
                + " came over TCP.")
            .formatted(
                Wording.part(report.truncated(), report.answered()),
                report.answered(),
                side.answersOf(),
                report.truncatedWithoutEdns(),
                Wording.count(report.tcp(), "query", "queries")));
  }

  private Optional<Finding> nxdomain(Side side) {
    DnsSide report = side.report();
    long missing = report.answers("NXDOMAIN");
    if (isBelow(missing, report.answered(), thresholds.nxdomainShare())) {
      return Optional.empty();
    }
    return found(
        VerdictCode.NXDOMAIN_STORM,
        ("%s of %d answers %s say that the name does not exist, %d of them on the way along a search"
                + " list (ndots).")
            .formatted(
                Wording.part(missing, report.answered()),
                report.answered(),
                side.answersOf(),
                report.searchExpansions()));
  }

  private static Finding healthy(Side side) {
    DnsSide report = side.report();
    String latency =
        report
            .latency()
            .map(each ->
                ", 95 %% of them within %s, the slowest after %s"
                    .formatted(Wording.micros(each.p95Micros()), Wording.micros(each.maxMicros())))
            .orElse("");
    return new Finding(
        VerdictCode.HEALTHY,
        "%d of %d queries %s were answered%s."
            .formatted(report.answered(), report.queries(), side.queriesOf(), latency));
  }

  private static Optional<Finding> found(VerdictCode code, String sentence) {
    return Optional.of(new Finding(code, sentence));
  }

  private static boolean isBelow(long part, long all, double share) {
    return part == 0 || part < share * all;
  }

  private record Finding(VerdictCode code, String sentence) implements Comparable<Finding> {
    @Override
    public int compareTo(Finding other) {
      return code.compareTo(other.code);
    }
  }
}
