package io.alertcap.trigger.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the API server, or the way to it, had against a request. */
final class Failures {

  private static final int LONGEST = 400;

  private Failures() {}

  /** One line for people, with what to change where that is known. */
  static String sentence(Throwable failure) {
    List<Throwable> chain =
        Stream.iterate(failure, cause -> cause != null, Throwable::getCause).toList();
    String text =
        chain.reversed().stream()
            .flatMap(cause -> known(cause).stream())
            .findFirst()
            .orElseGet(() -> innermost(chain.getLast()));
    String line = text.replaceAll("\\s+", " ");
    return line.length() > LONGEST ? line.substring(0, LONGEST) : line;
  }

  private static Optional<String> known(Throwable cause) {
    return switch (cause) {
      case KubernetesClientException e when e.getStatus() != null ->
          Optional.of(
              "the API server answered "
                  + e.getCode()
                  + ": "
                  + e.getStatus().getMessage()
                  + remedy(e.getCode()));
      case IllegalArgumentException e when isHeader(e) ->
          Optional.of(
              "the token of the pod's service account, or of catalog.kubeconfig, cannot be sent:"
                  + " it has to be one line without its end");
      case ConnectException e ->
          Optional.of("nothing takes connections at the address of the API server");
      case UnknownHostException e -> Optional.of("the name of the API server cannot be resolved");
      case UnresolvedAddressException e ->
          Optional.of("the name of the API server cannot be resolved");
      default -> Optional.empty();
    };
  }

  /** What java.net.http has against a header, whose value it then cites: here, the token. */
  private static boolean isHeader(IllegalArgumentException failure) {
    return String.valueOf(failure.getMessage()).startsWith("invalid header");
  }

  private static String remedy(int code) {
    return switch (code) {
      case HttpURLConnection.HTTP_UNAUTHORIZED ->
          "; it wants a token of the pod's service account, or a valid one in catalog.kubeconfig";
      case HttpURLConnection.HTTP_FORBIDDEN ->
          "; bind the ClusterRole alertcap-trigger to that user";
      default -> "";
    };
  }

  /** The others only say where it happened. */
  private static String innermost(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
