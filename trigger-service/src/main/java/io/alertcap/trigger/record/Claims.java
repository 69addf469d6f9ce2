package io.alertcap.trigger.record;

import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.trigger.decision.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * The captures on record, and those whose commands are still on their way to Kafka. Each request
 * {@linkplain #open opens} a session of its own, in which it claims what it wants to command.
 *
 * <p>Cooldowns follow from the record, and so survive a restart. A capture that ended before it
 * kept a packet starts none. Thread-safe.
 */
public final class Claims {

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
   *     does
   */
  record Attempt(Claim claim, Optional<Grant> grant) {}

  /** Begins to claim, for one request. */
  public ClaimSession open() {
    return new ClaimSession(this);
  }

  /** Looks at grants first: a capture is on record before its grant is settled. */
  synchronized Attempt claim(CaptureRequest request, Duration cooldown) {
    Grant sameId = grants.get(request.id());
    if (sameId != null || records.find(request.id()).isPresent()) {
      return new Attempt(new Claim.Duplicate(), Optional.ofNullable(sameId));
    }
    return cooldown.isZero() ? grant(request) : grantUnlessHot(request, cooldown);
  }

  private Attempt grantUnlessHot(CaptureRequest request, Duration cooldown) {
    RuleAndTarget ruleAndTarget = RuleAndTarget.of(request);
    Optional<Instant> recorded =
        records
            .lastCapture(ruleAndTarget)
            .map(at -> at.plus(cooldown))
            .filter(request.commandedAt()::isBefore);
    if (recorded.isPresent()) {
      return new Attempt(new Claim.Cooldown(recorded.get()), Optional.empty());
    }
    NavigableMap<Position, Grant> onTheirWay = byTarget.get(ruleAndTarget);
    if (onTheirWay != null) {
      Grant newest = onTheirWay.firstEntry().getValue();
      Instant until = newest.request().commandedAt().plus(cooldown);
      if (request.commandedAt().isBefore(until)) {
        return new Attempt(new Claim.Cooldown(until), Optional.of(newest));
      }
    }
    return grant(request);
  }

  private Attempt grant(CaptureRequest request) {
    Grant grant = new Grant(request, new CompletableFuture<>());
    grants.put(request.id(), grant);
    byTarget
        .computeIfAbsent(RuleAndTarget.of(request), key -> new TreeMap<>())
        .put(grant.position(), grant);
    return new Attempt(new Claim.Claimed(), Optional.of(grant));
  }

  /**
   * Ends a grant.
   *
   * @param onRecord whether its capture is on record by now
   */
  synchronized void settle(Grant grant, boolean onRecord) {
    grants.remove(grant.request().id());
    byTarget.computeIfPresent(
        RuleAndTarget.of(grant.request()),
        (key, same) -> {
          same.remove(grant.position());
          return same.isEmpty() ? null : same;
        });
    grant.onRecord().complete(onRecord);
  }
}
