package io.alertcap.schemas;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything known about one capture: what the API shows, and what lies beside the file in S3. It
 * is the fold of the capture's events; the order in which they are added, and how often, makes no
 * difference.
 *
 * @param partial whether the file holds less than was asked for, though nobody decided so
 * @param history one entry for each type of event seen, in the order of {@link CaptureStatus}
 */
public record CaptureRecord(
    CaptureId id,
    CaptureStatus status,
    boolean partial,
    Optional<String> rule,
    Optional<String> reason,
    Optional<Alert> alert,
    Optional<Target> target,
    Optional<CaptureSpec> capture,
    Optional<Artifact> artifact,
    Optional<Statistics> statistics,
    Timings timings,
    Optional<CaptureEnd> end,
    Optional<Failure> failure,
    List<HistoryEntry> history) {

  public CaptureRecord {
    Constraints.present(id, "id");
    Constraints.present(status, "status");
    rule = Constraints.optional(rule);
    reason = Constraints.optional(reason);
    alert = Constraints.optional(alert);
    target = Constraints.optional(target);
    capture = Constraints.optional(capture);
    artifact = Constraints.optional(artifact);
    statistics = Constraints.optional(statistics);
    Constraints.present(timings, "timings");
    end = Constraints.optional(end);
    failure = Constraints.optional(failure);
    history = List.copyOf(Constraints.present(history, "history"));
  }

  /** The record of a capture of which only this event is known. */
  public static CaptureRecord of(CaptureEvent event) {
    return blank(event).with(event);
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
    CaptureRecord known = rule.isPresent() ? this : event.asked().map(this::asked).orElse(this);
    return known.seen(event).told(event);
  }

  private CaptureRecord asked(CaptureRequest request) {
    return new CaptureRecord(
        id,
        status,
        partial,
        Optional.of(request.rule()),
        request.reason(),
        request.alert(),
        Optional.of(request.target()),
        Optional.of(request.capture()),
        artifact,
        statistics,
        timings.requested(request),
        end,
        failure,
        history);
  }

  /** Of two events of one type the earlier counts; of two types the one that says more. */
  private CaptureRecord seen(CaptureEvent event) {
    HistoryEntry entry = new HistoryEntry(event.status(), event.at());
    List<HistoryEntry> all =
        Stream.concat(history.stream(), Stream.of(entry))
            .sorted(Comparator.comparing(HistoryEntry::type).thenComparing(HistoryEntry::at))
            .toList();
    List<HistoryEntry> firsts =
        Stream.iterate(0, i -> i < all.size(), i -> i + 1)
            .filter(i -> i == 0 || all.get(i).type() != all.get(i - 1).type())
            .map(all::get)
            .toList();
    CaptureStatus most = status.compareTo(event.status()) >= 0 ? status : event.status();
    return new CaptureRecord(
        id,
        most,
        partial,
        rule,
        reason,
        alert,
        target,
        capture,
        artifact,
        statistics,
        timings,
        end,
        failure,
        firsts);
  }

  private CaptureRecord told(CaptureEvent event) {
    return switch (event) {
      case CaptureEvent.Requested e -> this;
      case CaptureEvent.Cancelled e -> this;
      case CaptureEvent.Started e ->
          timings.closedAt().isPresent() ? this : with(timings.started(e.filterActiveAt()));
      case CaptureEvent.Captured e -> captured(e.result());
      case CaptureEvent.Completed e -> captured(e.result()).completed(e);
      case CaptureEvent.Failed e ->
          e.result().map(this::captured).orElse(this).failed(e, e.failure());
      case CaptureEvent.Rejected e -> failed(e, e.failure());
      case CaptureEvent.Expired e -> failed(e, e.failure());
    };
  }

  private CaptureRecord captured(CaptureResult result) {
    return new CaptureRecord(
        id,
        status,
        result.end().partial(),
        rule,
        reason,
        alert,
        target,
        capture,
        artifact,
        result.statistics(),
        timings.captured(result),
        Optional.of(result.end()),
        failure,
        history);
  }

  private CaptureRecord completed(CaptureEvent.Completed event) {
    return new CaptureRecord(
        id,
        status,
        partial,
        rule,
        reason,
        alert,
        target,
        capture,
        Optional.of(event.artifact()),
        statistics,
        timings.uploaded(event.at()),
        end,
        Optional.empty(),
        history);
  }

  /** A failure is shown where it is the last word. */
  private CaptureRecord failed(CaptureEvent event, Failure why) {
    Optional<Failure> shown = event.status() == status ? Optional.of(why) : failure;
    return new CaptureRecord(
        id,
        status,
        partial,
        rule,
        reason,
        alert,
        target,
        capture,
        artifact,
        statistics,
        timings,
        end,
        shown,
        history);
  }

  private CaptureRecord with(Timings changed) {
    return new CaptureRecord(
        id,
        status,
        partial,
        rule,
        reason,
        alert,
        target,
        capture,
        artifact,
        statistics,
        changed,
        end,
        failure,
        history);
  }

  private static CaptureRecord blank(CaptureEvent event) {
    return new CaptureRecord(
        event.id(),
        event.status(),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Timings.NONE,
        Optional.empty(),
        Optional.empty(),
        List.of());
  }
}
