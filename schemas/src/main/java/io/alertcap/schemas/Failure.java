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
    message = shortened(Constraints.present(message, "message"));
  }

  private static String shortened(String message) {
    return message.codePointCount(0, message.length()) <= MAX_LENGTH
        ? message
        : message.substring(0, message.offsetByCodePoints(0, MAX_LENGTH - 1)) + "…";
  }
}
