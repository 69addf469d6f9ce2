package io.alertcap.trigger.decision;

import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.CaptureRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A history that forgets nothing, and has room in every budget until it is told otherwise. */
final class MemoryHistory implements CaptureHistory {

  private final List<CaptureRequest> claimed = new ArrayList<>();
  private final List<CaptureRecord> running = new ArrayList<>();
  private Terms lastTerms = Terms.NONE;
  private boolean full;

  @Override
  public synchronized Claim claim(CaptureRequest request, Terms terms) {
    lastTerms = terms;
    if (claimed.stream().anyMatch(earlier -> earlier.id().equals(request.id()))) {
      return new Claim.Duplicate(request.id());
    }
    return claimed.stream()
        .filter(earlier -> samePodByTheSameRule(earlier, request))
        .map(earlier -> earlier.commandedAt().plus(terms.cooldown()))
        .filter(request.commandedAt()::isBefore)
        .max(Instant::compareTo)
        .<Claim>map(Claim.Cooldown::new)
        .orElseGet(() -> {
          if (full) {
            return new Claim.OverBudget("it is full");
          }
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

  @Override
  public synchronized List<CaptureRecord> running(String fingerprint) {
    return running.stream()
        .filter(capture ->
            capture.alert().filter(alert -> alert.fingerprint().equals(fingerprint)).isPresent())
        .toList();
  }

  /** From now on there is room in no budget. */
  synchronized void fill() {
    full = true;
  }

  synchronized void run(CaptureRequest request) {
    running.add(CaptureRecord.of(new CaptureEvent.Requested(request, request.commandedAt())));
  }

  /** Those of the last claim. */
  synchronized Terms lastTerms() {
    return lastTerms;
  }

  synchronized List<CaptureRequest> claimed() {
    return List.copyOf(claimed);
  }
}
