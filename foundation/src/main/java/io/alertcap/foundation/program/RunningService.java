package io.alertcap.foundation.program;

/** A service that has been started. */
public interface RunningService extends AutoCloseable {

  /**
   * One line for whoever started it: that it is ready, or what is missing, and where it listens.
   */
  String announcement();

  /** Closes everything, within seconds. Called once, by the JVM's shutdown. */
  @Override
  void close();
}
