package io.alertcap.trigger.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;

/** What the API server, or the way to it, had against a request. */
final class Failures {

  private static final int LONGEST = 300;

  private Failures() {}

  /** One line for people: the innermost cause, since the others only say where it happened. */
  static String sentence(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !answered(cause)) {
      cause = cause.getCause();
    }
    String text =
        cause instanceof KubernetesClientException e && e.getStatus() != null
            ? "the API server answered " + e.getCode() + ": " + e.getStatus().getMessage()
            : cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    String line = text.replaceAll("\\s+", " ");
    return line.length() > LONGEST ? line.substring(0, LONGEST) : line;
  }

  private static boolean answered(Throwable failure) {
    return failure instanceof KubernetesClientException e && e.getStatus() != null;
  }
}
