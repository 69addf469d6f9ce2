package io.alertcap.foundation.health;

import java.util.Optional;

/** Whether one part of a service can do its work. Thread-safe. */
public final class Readiness {

  private volatile Optional<String> problem = Optional.of("starting");

  Readiness() {}

  public void ready() {
    problem = Optional.empty();
  }

  /**
   * The part cannot do its work for now.
   *
   * @param reason a sentence for the operator, without secrets: everyone on the network can read it
   */
  public void notReady(String reason) {
    problem = Optional.of(reason);
  }

  Optional<String> problem() {
    return problem;
  }
}
