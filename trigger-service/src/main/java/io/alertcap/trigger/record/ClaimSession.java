package io.alertcap.trigger.record;

import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.trigger.decision.CaptureHistory;
import io.alertcap.trigger.decision.Claim;
import io.alertcap.trigger.decision.Terms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The claims of one request. They end when it is closed, whatever happened; unless they were {@link
 * #keep kept}, as if they had not been made.
 *
 * <p>Two requests about one alert may run at once, as those of a pair of Alertmanagers do. The
 * second is told "duplicate" of a command that may yet fail; so before it promises anything, it has
 * to {@linkplain #othersSucceeded wait} for what became of the first. A session belongs to one
 * thread.
 */
public final class ClaimSession implements CaptureHistory, AutoCloseable {

  private final Claims claims;
  private final Map<CaptureId, Claims.Grant> own = new HashMap<>();
  private final List<CompletableFuture<Boolean>> others = new ArrayList<>();
  private boolean kept;

  ClaimSession(Claims claims) {
    this.claims = claims;
  }

  @Override
  public Claim claim(CaptureRequest request, Terms terms) {
    Claims.Attempt attempt = claims.claim(request, terms);
    attempt.grant().ifPresent(grant -> remember(attempt.claim(), grant));
    return attempt.claim();
  }

  private void remember(Claim claim, Claims.Grant grant) {
    CaptureId id = grant.request().id();
    if (claim instanceof Claim.Claimed) {
      own.put(id, grant);
    } else if (!own.containsKey(id)) {
      others.add(grant.onRecord());
    }
  }

  @Override
  public void release(CaptureId id) {
    Claims.Grant grant = own.remove(id);
    if (grant != null) {
      claims.settle(grant, false);
    }
  }

  @Override
  public List<CaptureRecord> running(String fingerprint) {
    return claims.running(fingerprint);
  }

  /** Everything that was claimed is on record now. */
  public void keep() {
    kept = true;
  }

  @Override
  public void close() {
    own.values().forEach(grant -> claims.settle(grant, kept));
    own.clear();
  }

  /**
   * Whether the captures went on record that stood in the way of this session's claims. Blocks
   * until that is known, or for the given time. To be called after {@link #close}: two sessions
   * that wait for each other with open claims would wait for ever.
   */
  public boolean othersSucceeded(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    try {
      for (CompletableFuture<Boolean> other : others) {
        if (!other.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
          return false;
        }
      }
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
