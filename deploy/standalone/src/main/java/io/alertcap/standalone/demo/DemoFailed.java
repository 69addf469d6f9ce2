package io.alertcap.standalone.demo;

/** The demo cannot go on. The message is for who runs it: what happened, and what to do. */
public final class DemoFailed extends Exception {

  private static final long serialVersionUID = 1L;

  DemoFailed(String message) {
    super(message);
  }

  DemoFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
