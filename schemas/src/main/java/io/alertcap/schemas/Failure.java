package io.alertcap.schemas;

/**
 * What went wrong.
 *
 * @param code for programs
 * @param message for people: what happened, and what to do about it
 */
public record Failure(FailureCode code, String message) {

  private static final int MAX_LENGTH = 2048;

  public Failure {
    Constraints.present(code, "code");
    Constraints.present(message, "message");
    if (message.length() > MAX_LENGTH) {
      message = message.substring(0, MAX_LENGTH - 1) + "…";
    }
  }
}
