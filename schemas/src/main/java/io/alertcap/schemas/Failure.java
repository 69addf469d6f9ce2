package io.alertcap.schemas;

/**
 * What went wrong.
 *
 * @param code for programs
 * @param message for people: what happened, and what to do about it; cut where it is too long
 */
public record Failure(FailureCode code, String message) {

  /** Longest message, in characters. */
  public static final int MAX_LENGTH = 2048;

  public Failure {
    Constraints.present(code, "code");
    message = Constraints.shortened(Constraints.present(message, "message"), MAX_LENGTH);
  }
}
