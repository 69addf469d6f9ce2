package io.alertcap.foundation.config;

/** The file is no YAML that could be read at all. */
final class Malformed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final String problem;

  Malformed(int line, String message) {
    super(message);
    this.line = line;
    this.problem = message;
  }

  Malformed(int line, String message, Throwable cause) {
    super(message, cause);
    this.line = line;
    this.problem = message;
  }

  int line() {
    return line;
  }

  String problem() {
    return problem;
  }
}
