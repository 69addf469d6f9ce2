package io.alertcap.standalone.bench;

/** The machine does not let something be measured; the message says what. */
public final class BenchFailed extends Exception {

  private static final long serialVersionUID = 1;

  BenchFailed(String message) {
    super(message);
  }

  BenchFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
