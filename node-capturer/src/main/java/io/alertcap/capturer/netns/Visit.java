package io.alertcap.capturer.netns;

/** What came of running something inside a namespace. */
public sealed interface Visit<T> {

  /** It ran, and this is its result. */
  record Made<T>(T result) implements Visit<T> {}

  /**
   * The kernel did not let the thread in: setns(2) needs {@link Capability#SYS_ADMIN} in the user
   * namespace that owns the network namespace. Nothing ran.
   */
  record Denied<T>(Capability missing) implements Visit<T> {}

  /** Entering failed in a way that no setting explains. Nothing ran. */
  record Failed<T>(String reason) implements Visit<T> {}
}
