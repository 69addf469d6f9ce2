package io.alertcap.foundation.health;

/** Whether one part of a service can do its work. Thread-safe. */
public final class Readiness {

  private record State(boolean ready, boolean degraded, String text) {}

  private volatile State state = new State(false, false, "starting");

  Readiness() {}

  public void ready() {
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
