package io.alertcap.trigger.decision;

import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A history that keeps the whole contract of the port, and forgets nothing. */
final class MemoryHistory implements CaptureHistory {

  private final List<CaptureRequest> claimed = new ArrayList<>();

  @Override
  public synchronized Claim claim(CaptureRequest request, Duration cooldown) {
    if (claimed.stream().anyMatch(earlier -> earlier.id().equals(request.id()))) {
      return new Claim.Duplicate();
    }
    return claimed.stream()
        .filter(earlier -> samePodByTheSameRule(earlier, request))
        .map(earlier -> earlier.commandedAt().plus(cooldown))
        .filter(request.commandedAt()::isBefore)
        .max(Instant::compareTo)
        .<Claim>map(Claim.Cooldown::new)
        .orElseGet(() -> {
          claimed.add(request);
          return new Claim.Claimed();
        });
  }

  private static boolean samePodByTheSameRule(CaptureRequest left, CaptureRequest right) {
    return left.rule().equals(right.rule())
        && left.target().namespace().equals(right.target().namespace())
        && left.target().pod().equals(right.target().pod());
  }

  @Override
  public synchronized void release(CaptureId id) {
    claimed.removeIf(request -> request.id().equals(id));
  }

  synchronized List<CaptureRequest> claimed() {
    return List.copyOf(claimed);
  }
}
