package io.alertcap.trigger.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.SocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and logs what was refused before an endpoint had seen it: a wrong token, a mistyped path.
 * Whoever sends it is often a program that tells nobody of the answer. A caller is logged once a
 * minute for each reason; the counters have all. Thread-safe.
 */
final class RefusedRequests {

  private static final Logger log = LoggerFactory.getLogger(RefusedRequests.class);

  /** Of requests that no route was found for. */
  static final String NO_ROUTE = "unknown";

  private final MeterRegistry meters;
  private final LogLimit limit;
  private final Counter handshakes;

  /** What makes two lines the same. */
  private record Line(String reason, String caller, String route) {}

  RefusedRequests(List<Route> routes, Clock clock, MeterRegistry meters) {
    this.meters = meters;
    this.limit = new LogLimit(clock, RefusedRequests::unwritten);
    this.handshakes =
        Counter.builder("alertcap.http.handshakes.failed")
            .description("Connections whose TLS handshake failed, as by a bad certificate")
            .register(meters);
    // from the start, and 0: rate() does not see the increment that a counter appears with
    for (Route route : routes) {
      if (route.scope().isPresent()) {
        counter(route.template(), Refusal.UNAUTHENTICATED);
        counter(route.template(), Refusal.FORBIDDEN);
        counter(route.template(), Refusal.OVERLOADED);
      }
    }
    for (Refusal reason :
        List.of(
            Refusal.UNKNOWN_PATH,
            Refusal.UNKNOWN_METHOD,
            Refusal.URI_TOO_LONG,
            Refusal.HEADERS_TOO_LARGE,
            Refusal.NO_HTTP,
            Refusal.TOO_MANY_CONNECTIONS)) {
      counter(NO_ROUTE, reason);
    }
  }

  /**
   * One more.
   *
   * @param route its template, or {@link #NO_ROUTE}
   * @param from whoever is at its other end; a proxy, where there is one
   * @param request what was asked, for people
   * @param detail why it was refused, for people
   */
  void add(Refusal reason, String route, HttpConnection from, String request, String detail) {
    counter(route, reason).increment();
    String caller =
        Optional.ofNullable(from.remoteAddress()).map(SocketAddress::hostAddress).orElse("unknown");
    if (limit.admits(new Line(reason.code(), caller, route))) {
      log.atWarn()
          .addKeyValue("reason", reason.code())
          .addKeyValue("caller", caller)
          .addKeyValue("request", LogText.of(request))
          .log("Refused a request: {}", LogText.of(detail));
    }
  }

  /**
   * A connection failed. Of interest is one whose TLS did not come about, as by a bad certificate;
   * the server does not say whose it was.
   */
  void connectionFailed(Throwable failure) {
    Optional<SSLException> tls = tlsFailure(failure);
    tls.ifPresent(this::handshakeFailed);
  }

  private static Optional<SSLException> tlsFailure(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .limit(5)
        .filter(SSLException.class::isInstance)
        .map(SSLException.class::cast)
        .findFirst();
  }

  private void handshakeFailed(SSLException cause) {
    handshakes.increment();
    if (limit.admits(new Line("handshake", "", NO_ROUTE))) {
      log.warn("A TLS handshake failed: {}", LogText.of(cause.toString()));
    }
  }

  private static void unwritten(long requests) {
    log.warn(
        "Refused {} more requests within a minute that are not in the log;"
            + " alertcap_http_requests_refused_total counts all",
        requests);
  }

  private Counter counter(String route, Refusal reason) {
    return Counter.builder("alertcap.http.requests.refused")
        .description("Requests that were refused before they were looked at")
        .tag("route", route)
        .tag("reason", reason.code())
        .register(meters);
  }
}
