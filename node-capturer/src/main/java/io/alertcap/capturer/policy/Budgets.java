package io.alertcap.capturer.policy;

import static io.alertcap.schemas.FailureCode.BUDGET_EXCEEDED;

import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.DataSize;
import io.alertcap.schemas.Failure;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What is shared by the captures that run at a time. A capture enters before it begins, and leaves
 * when its file is closed. Thread-safe.
 */
public final class Budgets {

  /** Each has a thread, and looks at all processes of the node every few seconds. */
  static final int MAX_WAITING = 16;

  private final NodePolicy policy;
  private final LongSupplier bytesInPastHour;
  private final DataSize standardBuffer;

  /** With the bytes of their buffers. */
  private final Map<CaptureId, Long> running = new HashMap<>();

  private final Set<CaptureId> waiting = new HashSet<>();

  /**
   * @param standardBuffer of a capture that asks for none
   * @param bytesInPastHour how much was captured on this node, restarts or not
   */
  public Budgets(NodePolicy policy, DataSize standardBuffer, LongSupplier bytesInPastHour) {
    this.policy = policy;
    this.standardBuffer = standardBuffer;
    this.bytesInPastHour = bytesInPastHour;
  }

  /** Lets a capture in, or says why not. */
  public synchronized Optional<Failure> enter(CaptureRequest request) {
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
    long buffer = request.capture().buffer().orElse(standardBuffer).bytes();
    long buffers = running.values().stream().mapToLong(Long::longValue).sum();
    if (buffers + buffer > policy.maxBufferTotal().bytes()) {
      return exceeded(
          "The buffers of the captures that run on this node take %s, this one would take %s more, and policy.maxBufferTotal is %s."
              .formatted(
                  DataSize.ofBytes(buffers), DataSize.ofBytes(buffer), policy.maxBufferTotal()));
    }
    running.put(request.id(), buffer);
    waiting.remove(request.id());
    return Optional.empty();
  }

  /**
   * Gives everything back for as long as a capture's target is not there, so that it takes no other
   * one's place; to be entered again.
   *
   * @return whether it may wait: not where {@value #MAX_WAITING} do already
   */
  public synchronized boolean mayWait(CaptureId id) {
    if (!waiting.contains(id) && waiting.size() >= MAX_WAITING) {
      return false;
    }
    running.remove(id);
    waiting.add(id);
    return true;
  }

  /** Gives everything back. */
  public synchronized void leave(CaptureId id) {
    running.remove(id);
    waiting.remove(id);
  }

  /** Captures that entered and have not left. */
  public synchronized int running() {
    return running.size();
  }

  private static Optional<Failure> exceeded(String message) {
    return Optional.of(new Failure(BUDGET_EXCEEDED, message));
  }
}
