package io.alertcap.foundation.health;

/**
 * Whether one part of a service can do its work, which is whether it is worth sending requests to.
 * Thread-safe.
 */
public final class Readiness {

  private record State(boolean ready, boolean degraded, String text) {}

  private volatile State state = new State(false, false, "starting");
  private volatile boolean wasReady;

  Readiness() {}

  public void ready() {
    wasReady = true;
    state = new State(true, false, "ready");
  }

  /**
   * The part does its work, though less well than it should.
   *
   * @param reason as of {@link #notReady}
   */
  public void readyBut(String reason) {
    state = new State(true, true, "ready, but " + reason);
  }

  /**
   * The part cannot do its work for now.
   *
   * @param reason a sentence for the operator, without secrets: everyone on the network can read it
   */
  public void notReady(String reason) {
    state = new State(false, false, reason);
  }

  /**
   * What the part stands on (Kafka, Docker) cannot be used for now. A part that was ready once
   * stays so, and says what it lacks: no other replica would do better, and what needs nothing of
   * it still works. One that never was has not shown that its configuration is right, and a rollout
   * waits.
   *
   * @param reason as of {@link #notReady}
   */
  public void interrupted(String reason) {
    if (wasReady) {
      readyBut(reason);
    } else {
      notReady(reason);
    }
  }

  boolean isReady() {
    return state.ready;
  }

  boolean isDegraded() {
    return state.degraded;
  }

  String text() {
    return state.text;
  }
}
