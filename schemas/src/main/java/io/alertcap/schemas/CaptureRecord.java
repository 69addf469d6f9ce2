package io.alertcap.schemas;

import static java.util.Comparator.comparing;
import static java.util.Comparator.reverseOrder;

import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Everything known about one capture: what the API shows, and what lies beside the file in S3. It
 * is the fold of the capture's events; the order in which they are added, and how often, makes no
 * difference.
 *
 * <p>That is so because each event makes a record of its own, and two records join part by part:
 * which of two parts stays depends on nothing but the two.
 *
 * @param partial whether the file holds less than was asked for, though nobody decided so
 * @param requestedBy who asked by hand, by the name that the operator gave them
 * @param transcript key of the object that has a line for each DNS transaction
 * @param enrichment what became of the file before its upload
 * @param dns what its DNS packets show
 * @param tcp what its TCP packets show
 * @param accesses who was given its file; absent where nobody was
 * @param history one entry for each type of event seen, in the order of {@link CaptureStatus}
 */
public record CaptureRecord(
    CaptureId id,
    CaptureStatus status,
    boolean partial,
    Optional<String> rule,
    Optional<String> reason,
    Optional<String> requestedBy,
    Optional<Alert> alert,
    Optional<Target> target,
    Optional<CaptureSpec> capture,
    Optional<Artifact> artifact,
    Optional<String> transcript,
    Optional<Enrichment> enrichment,
    Optional<Statistics> statistics,
    Optional<DnsReport> dns,
    Optional<TcpReport> tcp,
    Timings timings,
    Optional<CaptureEnd> end,
    Optional<Failure> failure,
    List<HistoryEntry> history,
    Optional<Accesses> accesses) {

  /**
   * Two replicas may command one capture; the command that was made first is the one that runs. An
   * event that would have been too large has left out texts of the alert that others have.
   */
  private static final Comparator<CaptureRecord> BY_COMMAND =
      earliest(r -> r.timings.commandedAt())
          .thenComparing(CaptureRecord::alertLength, reverseOrder())
          .thenComparing(
              text(r ->
                  List.of(
                      r.rule,
                      r.reason,
                      r.requestedBy,
                      r.alert,
                      r.target,
                      r.capture,
                      r.timings.alertReceivedAt(),
                      r.timings.expiresAt())));

  /** The peers of a capture become known after its close, and are then not forgotten. */
  private static final Comparator<CaptureRecord> BY_CLOSE =
      earliest(r -> r.timings.closedAt())
          .thenComparing(earliest(r -> r.timings.filterActiveAt()))
          .thenComparing(r -> r.statistics.flatMap(Statistics::topPeers).isEmpty())
          .thenComparing(text(r -> List.of(r.end, r.statistics)));

  private static final Comparator<CaptureRecord> BY_UPLOAD =
      earliest(r -> r.timings.uploadedAt())
          .thenComparing(text(r -> List.of(r.artifact, r.transcript, r.enrichment, r.dns, r.tcp)));

  /** What a node says of itself counts before what is said in its place. */
  private static final Comparator<HistoryEntry> BY_WITNESS =
      comparing((HistoryEntry entry) -> entry.code().equals(Optional.of(FailureCode.NODE_SILENT)))
          .thenComparing(HistoryEntry::at)
          .thenComparing(entry -> entry.code().toString());

  /** A failure is shown where it is the last word. */
  private static final Comparator<CaptureRecord> BY_STATUS =
      comparing(CaptureRecord::status, reverseOrder())
          .thenComparing(CaptureRecord::lastEntry, BY_WITNESS)
          .thenComparing(text(r -> r.failure));

  public CaptureRecord {
    Constraints.present(id, "id");
    Constraints.present(status, "status");
    rule = Constraints.optional(rule);
    rule.ifPresent(name -> Constraints.rule(name, "rule"));
    reason = Constraints.optional(reason);
    reason.ifPresent(text -> Constraints.reason(text, "reason"));
    requestedBy = Constraints.optional(requestedBy);
    requestedBy.ifPresent(name -> Constraints.caller(name, "requestedBy"));
    alert = Constraints.optional(alert);
    target = Constraints.optional(target);
    capture = Constraints.optional(capture);
    artifact = Constraints.optional(artifact);
    transcript = Constraints.optional(transcript);
    transcript.ifPresent(key -> Constraints.objectKey(key, "transcript"));
    enrichment = Constraints.optional(enrichment);
    statistics = Constraints.optional(statistics);
    dns = Constraints.optional(dns);
    tcp = Constraints.optional(tcp);
    Constraints.present(timings, "timings");
    end = Constraints.optional(end);
    failure = Constraints.optional(failure);
    history = List.copyOf(Constraints.present(history, "history"));
    accesses = Constraints.optional(accesses);
  }

  /** The record of a capture of which only this event is known. */
  public static CaptureRecord of(CaptureEvent event) {
    Optional<CaptureRequest> request = event.asked();
    Optional<CaptureResult> result = EventParts.result(event);
    Optional<CaptureEvent.Completed> completed = EventParts.completed(event);
    return new CaptureRecord(
        event.id(),
        event.status(),
        result.filter(r -> r.end().partial()).isPresent(),
        request.map(CaptureRequest::rule),
        request.flatMap(CaptureRequest::reason),
        request.flatMap(CaptureRequest::requestedBy),
        request.flatMap(CaptureRequest::alert),
        request.map(CaptureRequest::target),
        request.map(CaptureRequest::capture),
        completed.map(CaptureEvent.Completed::artifact),
        completed.flatMap(CaptureEvent.Completed::transcript),
        completed.flatMap(CaptureEvent.Completed::enrichment),
        result.flatMap(CaptureResult::statistics),
        completed.flatMap(CaptureEvent.Completed::dns),
        completed.flatMap(CaptureEvent.Completed::tcp),
        new Timings(
            request.flatMap(CaptureRequest::alertReceivedAt),
            request.map(CaptureRequest::commandedAt),
            request.map(CaptureRequest::expiresAt),
            EventParts.filterActiveAt(event),
            result.map(CaptureResult::closedAt),
            completed.map(CaptureEvent.Completed::at)),
        result.map(CaptureResult::end),
        EventParts.failure(event),
        List.of(
            new HistoryEntry(
                event.status(), event.at(), EventParts.failure(event).map(Failure::code))),
        Optional.empty());
  }

  /**
   * This record with one event more.
   *
   * @throws IllegalArgumentException if the event is about another capture
   */
  public CaptureRecord with(CaptureEvent event) {
    if (!event.id().equals(id)) {
      throw new IllegalArgumentException(event.id() + " is not " + id);
    }
    return join(this, of(event));
  }

  /** This record with one who was given its file more. */
  public CaptureRecord with(Access access) {
    return new CaptureRecord(
        id,
        status,
        partial,
        rule,
        reason,
        requestedBy,
        alert,
        target,
        capture,
        artifact,
        transcript,
        enrichment,
        statistics,
        dns,
        tcp,
        timings,
        end,
        failure,
        history,
        Optional.of(
            accesses.map(known -> known.with(access)).orElseGet(() -> Accesses.of(access))));
  }

  private static CaptureRecord join(CaptureRecord a, CaptureRecord b) {
    CaptureRecord asked = BinaryOperator.minBy(BY_COMMAND).apply(a, b);
    CaptureRecord closed = BinaryOperator.minBy(BY_CLOSE).apply(a, b);
    CaptureRecord uploaded = BinaryOperator.minBy(BY_UPLOAD).apply(a, b);
    CaptureRecord last = BinaryOperator.minBy(BY_STATUS).apply(a, b);
    return new CaptureRecord(
        a.id,
        last.status,
        closed.partial,
        asked.rule,
        asked.reason,
        asked.requestedBy,
        asked.alert,
        asked.target,
        asked.capture,
        uploaded.artifact,
        uploaded.transcript,
        uploaded.enrichment,
        closed.statistics,
        uploaded.dns,
        uploaded.tcp,
        new Timings(
            asked.timings.alertReceivedAt(),
            asked.timings.commandedAt(),
            asked.timings.expiresAt(),
            closed.timings.filterActiveAt(),
            closed.timings.closedAt(),
            uploaded.timings.uploadedAt()),
        closed.end,
        last.failure,
        join(a.history, b.history),
        a.accesses.or(() -> b.accesses));
  }

  /** Of two events of one type the earlier counts, unless it was said in the place of a node. */
  private static List<HistoryEntry> join(List<HistoryEntry> a, List<HistoryEntry> b) {
    Map<CaptureStatus, HistoryEntry> firsts = new EnumMap<>(CaptureStatus.class);
    BinaryOperator<HistoryEntry> first = BinaryOperator.minBy(BY_WITNESS);
    Stream.concat(a.stream(), b.stream())
        .forEach(entry -> firsts.merge(entry.type(), entry, first));
    return List.copyOf(firsts.values());
  }

  private int alertLength() {
    return alert
        .map(told -> told.labels().toString().length() + told.annotations().toString().length())
        .orElse(0);
  }

  private HistoryEntry lastEntry() {
    return history.stream()
        .filter(entry -> entry.type() == status)
        .findFirst()
        .orElseGet(() -> new HistoryEntry(status, Instant.MAX, Optional.empty()));
  }

  /** What is not known comes last. */
  private static Comparator<CaptureRecord> earliest(
      Function<CaptureRecord, Optional<Instant>> time) {
    return comparing(r -> time.apply(r).orElse(Instant.MAX));
  }

  /** Decides where nothing else does, so that order never decides. */
  private static Comparator<CaptureRecord> text(Function<CaptureRecord, Object> part) {
    return (a, b) -> {
      Object ofA = part.apply(a);
      Object ofB = part.apply(b);
      return ofA.equals(ofB) ? 0 : ofA.toString().compareTo(ofB.toString());
    };
  }
}
