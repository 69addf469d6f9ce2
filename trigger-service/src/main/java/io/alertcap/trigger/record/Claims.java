package io.alertcap.trigger.record;

import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.trigger.decision.CaptureHistory;
import io.alertcap.trigger.decision.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The captures on record, and those whose commands are still on their way to Kafka. A claim lasts
 * until it is released: after its capture is on record, or after its command has failed.
 *
 * <p>Cooldowns follow from the record, and so survive a restart. A capture that ended before it
 * kept a packet starts none.
 */
public final class Claims implements CaptureHistory {

  /**
   * Many times longer than a webhook takes. Without it a claim that a mistake of ours leaves behind
   * would keep its capture from being made for as long as the service runs.
   */
  static final Duration LIFETIME = Duration.ofMinutes(1);

  private final CaptureRecords records;

  /** In the order in which they were granted. */
  private final Map<CaptureId, CaptureRequest> granted = new LinkedHashMap<>();

  private final Map<RuleAndTarget, NavigableSet<Position>> grantedByTarget = new HashMap<>();

  public Claims(CaptureRecords records) {
    this.records = records;
  }

  /** Looks at what is granted first: whoever releases a claim has put it on record before. */
  @Override
  public synchronized Claim claim(CaptureRequest request, Duration cooldown) {
    releaseGrantedBefore(request.commandedAt().minus(LIFETIME));
    if (granted.containsKey(request.id()) || records.find(request.id()).isPresent()) {
      return new Claim.Duplicate();
    }
    RuleAndTarget ruleAndTarget = RuleAndTarget.of(request);
    Optional<Instant> until = last(ruleAndTarget).map(at -> at.plus(cooldown));
    if (!cooldown.isZero() && until.filter(request.commandedAt()::isBefore).isPresent()) {
      return new Claim.Cooldown(until.get());
    }
    granted.put(request.id(), request);
    grantedByTarget
        .computeIfAbsent(ruleAndTarget, key -> new TreeSet<>())
        .add(new Position(request.commandedAt(), request.id()));
    return new Claim.Claimed();
  }

  @Override
  public synchronized void release(CaptureId id) {
    CaptureRequest request = granted.remove(id);
    if (request == null) {
      return;
    }
    grantedByTarget.computeIfPresent(
        RuleAndTarget.of(request),
        (key, claims) -> {
          claims.remove(new Position(request.commandedAt(), id));
          return claims.isEmpty() ? null : claims;
        });
  }

  private void releaseGrantedBefore(Instant time) {
    while (!granted.isEmpty()) {
      CaptureRequest oldest = granted.values().iterator().next();
      if (!oldest.commandedAt().isBefore(time)) {
        return;
      }
      release(oldest.id());
    }
  }

  private Optional<Instant> last(RuleAndTarget ruleAndTarget) {
    Optional<Instant> onItsWay =
        Optional.ofNullable(grantedByTarget.get(ruleAndTarget)).map(claims -> claims.first().at());
    Optional<Instant> onRecord = records.lastCapture(ruleAndTarget);
    return Stream.concat(onItsWay.stream(), onRecord.stream()).max(Instant::compareTo);
  }
}
