package io.alertcap.embedded;

/**
 * An embedded server did not start. The message is for the operator: what is wrong and what to do.
 */
public final class CannotStartException extends Exception {
  private static final long serialVersionUID = 1L;

  CannotStartException(String message, Throwable cause) {
    super(message, cause);
  }

  CannotStartException(String message) {
    super(message);
  }

  static CannotStartException portTaken(int port, String setting, Throwable cause) {
    return new CannotStartException(
        "port %d of 127.0.0.1 is taken: set %s to a free one, or to 0 for any"
            .formatted(port, setting),
        cause);
  }
}
