package io.alertcap.trigger.record;

import io.alertcap.schemas.Alert;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.trigger.decision.Claim;
import io.alertcap.trigger.decision.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * The captures on record, and those whose commands are still on their way to Kafka. Each request
 * {@linkplain #open opens} a session of its own, in which it claims what it wants to command.
 *
 * <p>Incidents, cooldowns and budgets follow from the record, and so survive a restart. A capture
 * that ended before it kept a packet starts no cooldown. Thread-safe.
 */
public final class Claims {

  /** Of one alert, one rule and one container. */
  private static final int MAX_ATTEMPTS = 100;

  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMinutes(1);

  private final CaptureRecords records;
  private final Map<CaptureId, Grant> grants = new HashMap<>();
  private final Map<RuleAndTarget, NavigableMap<Position, Grant>> byTarget = new HashMap<>();

  public Claims(CaptureRecords records) {
    this.records = records;
  }

  /**
   * A claim that was granted and is not settled yet.
   *
   * @param onRecord completed when it is settled: whether its capture went on record
   */
  record Grant(CaptureRequest request, CompletableFuture<Boolean> onRecord) {

    Position position() {
      return new Position(request.commandedAt(), request.id());
    }
  }

  /**
   * What came of a claim.
   *
   * @param grant the one that was made, or the one that stands in the way; absent where the record
   *     does, or a budget
   */
  record Attempt(Claim claim, Optional<Grant> grant) {}

  /** Begins to claim, for one request. */
  public ClaimSession open() {
    return new ClaimSession(this);
  }

  /** Looks at grants first: a capture is on record before its grant is settled. */
  synchronized Attempt claim(CaptureRequest request, Terms terms) {
    return sameCapture(request)
        .or(() -> sameIncident(request))
        .or(() -> coolingDown(request, terms.cooldown()))
        .or(() ->
            records
                .ledger()
                .objection(request, terms.limits())
                .map(reason -> new Attempt(new Claim.OverBudget(reason), Optional.empty())))
        .orElseGet(() -> grant(request));
  }

  List<CaptureRecord> running(String fingerprint) {
    return records.running(fingerprint);
  }

  private Optional<Attempt> sameCapture(CaptureRequest request) {
    Grant granted = grants.get(request.id());
    if (granted == null && request.alert().isPresent() && mayBeTriedAgain(request.id(), request)) {
      return Optional.of(new Attempt(again(request), Optional.empty()));
    }
    return granted != null || records.outline(request.id()).isPresent()
        ? Optional.of(new Attempt(new Claim.Duplicate(request.id()), Optional.ofNullable(granted)))
        : Optional.empty();
  }

  /**
   * Each attempt has an id that follows from the one before, so that replicas agree. The last one
   * is a duplicate like any other unless it came to nothing, too.
   */
  private Claim again(CaptureRequest request) {
    CaptureId id = request.id();
    for (int attempt = 0; attempt < MAX_ATTEMPTS && mayBeTriedAgain(id, request); attempt++) {
      Instant startsAt = request.alert().map(Alert::startsAt).orElseThrow();
      id = CaptureId.of(startsAt, request.rule(), id.value());
    }
    return records.outline(id).isPresent() ? new Claim.Duplicate(id) : new Claim.Again(id);
  }

  /** Not at once: a group that changes every second is notified of as often. */
  private boolean mayBeTriedAgain(CaptureId id, CaptureRequest request) {
    return records
        .outline(id)
        .filter(Outline::cameToNothing)
        .flatMap(Outline::commandedAt)
        .filter(at -> !request.commandedAt().isBefore(at.plus(BETWEEN_ATTEMPTS)))
        .isPresent();
  }

  private Optional<Attempt> sameIncident(CaptureRequest request) {
    Optional<Incident> incident = Incident.of(request);
    if (incident.isEmpty()) {
      return Optional.empty();
    }
    Instant startsAt = request.alert().map(Alert::startsAt).orElseThrow();
    return grantsLike(request).values().stream()
        .filter(grant -> Incident.of(grant.request()).equals(incident))
        .filter(grant -> !startsAt.isAfter(grant.request().commandedAt()))
        .findFirst()
        .map(grant -> new Attempt(new Claim.Duplicate(grant.request().id()), Optional.of(grant)))
        .or(() ->
            records
                .captureOf(incident.get(), startsAt)
                .map(id -> new Attempt(new Claim.Duplicate(id), Optional.empty())));
  }

  private Optional<Attempt> coolingDown(CaptureRequest request, Duration cooldown) {
    if (cooldown.isZero()) {
      return Optional.empty();
    }
    Optional<Instant> recorded =
        records
            .lastCapture(RuleAndTarget.of(request))
            .map(at -> at.plus(cooldown))
            .filter(request.commandedAt()::isBefore);
    if (recorded.isPresent()) {
      return Optional.of(new Attempt(new Claim.Cooldown(recorded.get()), Optional.empty()));
    }
    NavigableMap<Position, Grant> onTheirWay = grantsLike(request);
    if (onTheirWay.isEmpty()) {
      return Optional.empty();
    }
    Grant newest = onTheirWay.firstEntry().getValue();
    Instant until = newest.request().commandedAt().plus(cooldown);
    return request.commandedAt().isBefore(until)
        ? Optional.of(new Attempt(new Claim.Cooldown(until), Optional.of(newest)))
        : Optional.empty();
  }

  /** Of the same rule and pod, newest first. */
  private NavigableMap<Position, Grant> grantsLike(CaptureRequest request) {
    return byTarget.getOrDefault(RuleAndTarget.of(request), new TreeMap<>());
  }

  private Attempt grant(CaptureRequest request) {
    Grant grant = new Grant(request, new CompletableFuture<>());
    grants.put(request.id(), grant);
    byTarget
        .computeIfAbsent(RuleAndTarget.of(request), key -> new TreeMap<>())
        .put(grant.position(), grant);
    records.ledger().reserve(request);
    return new Attempt(new Claim.Claimed(), Optional.of(grant));
  }

  /**
   * Ends a grant.
   *
   * @param onRecord whether its capture is on record by now
   */
  synchronized void settle(Grant grant, boolean onRecord) {
    CaptureId id = grant.request().id();
    grants.remove(id);
    byTarget.computeIfPresent(
        RuleAndTarget.of(grant.request()),
        (key, same) -> {
          same.remove(grant.position());
          return same.isEmpty() ? null : same;
        });
    records.ledger().cancel(id);
    grant.onRecord().complete(onRecord);
  }
}
