package io.alertcap.capturer.policy;

import static io.alertcap.schemas.FailureCode.BUDGET_EXCEEDED;

import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.DataSize;
import io.alertcap.schemas.Failure;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What is shared by the captures that run at a time. A capture enters before it begins, claims what
 * it captures once that is known, and leaves when its file is closed. Thread-safe.
 */
public final class Budgets {

  private final NodePolicy policy;
  private final LongSupplier bytesInPastHour;
  private final Set<CaptureId> running = new HashSet<>();
  private final Map<Claim, CaptureId> claims = new HashMap<>();

  /** What no two captures need to have at a time. */
  private record Claim(Object networkNamespace, String filter) {}

  /**
   * @param bytesInPastHour how much was captured on this node, restarts or not
   */
  public Budgets(NodePolicy policy, LongSupplier bytesInPastHour) {
    this.policy = policy;
    this.bytesInPastHour = bytesInPastHour;
  }

  /** Lets a capture in, or says why not. */
  public synchronized Optional<Failure> enter(CaptureId id) {
    if (running.size() >= policy.maxConcurrent()) {
      return exceeded(
          "%d captures run on this node, as many as policy.maxConcurrent allows."
              .formatted(running.size()));
    }
    long captured = bytesInPastHour.getAsLong();
    if (captured >= policy.maxBytesPerHour().bytes()) {
      return exceeded(
          "%s were captured on this node within an hour, and policy.maxBytesPerHour is %s."
              .formatted(DataSize.ofBytes(captured), policy.maxBytesPerHour()));
    }
    running.add(id);
    return Optional.empty();
  }

  /**
   * Gives a network namespace and filter to a capture, unless another one has them.
   *
   * @param networkNamespace equal for two captures of one namespace
   */
  public synchronized Optional<Failure> claim(
      CaptureId id, Object networkNamespace, String filter) {
    CaptureId holder = claims.putIfAbsent(new Claim(networkNamespace, filter), id);
    return holder == null || holder.equals(id)
        ? Optional.empty()
        : exceeded(
            "The capture %s of the same network namespace, %s, with the same filter is running: one at a time is allowed."
                .formatted(holder, networkNamespace));
  }

  /** Gives everything back. */
  public synchronized void leave(CaptureId id) {
    running.remove(id);
    claims.values().removeIf(id::equals);
  }

  /** Captures that entered and have not left. */
  public synchronized int running() {
    return running.size();
  }

  private static Optional<Failure> exceeded(String message) {
    return Optional.of(new Failure(BUDGET_EXCEEDED, message));
  }
}
