package io.alertcap.trigger.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server: listening, limits of the protocol, and a close that lets requests finish. */
public final class HttpFront implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(HttpFront.class);

  /** Without a byte in either direction. */
  private static final Duration IDLE = Duration.ofSeconds(75);

  /** A webhook is answered within 5 s. */
  private static final Duration DRAIN = Duration.ofSeconds(6);

  private static final int MAX_REQUEST_LINE = 8 * 1024;
  private static final int MAX_HEADERS = 16 * 1024;

  private final HttpServer server;

  private HttpFront(HttpServer server) {
    this.server = server;
  }

  /**
   * Listens; blocks until it does.
   *
   * @param vertx stays the caller's to close
   * @throws IOException if it cannot, naming the setting to change
   */
  public static HttpFront open(
      Vertx vertx, HttpSettings settings, List<Route> routes, Clock clock, MeterRegistry meters)
      throws IOException {
    return open(vertx, settings, HttpLimits.DEFAULT, routes, clock, meters);
  }

  static HttpFront open(
      Vertx vertx,
      HttpSettings settings,
      HttpLimits limits,
      List<Route> routes,
      Clock clock,
      MeterRegistry meters)
      throws IOException {
    RequestHandler handler = new RequestHandler(vertx, new Routes(routes), limits, clock, meters);
    HttpServer server =
        vertx
            .createHttpServer(options(settings))
            .connectionHandler(handler::connected)
            .requestHandler(handler::handle)
            .invalidRequestHandler(handler::invalid);
    try {
      return new HttpFront(
          server.listen().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      throw cannotListen(settings, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw cannotListen(settings, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cannotListen(settings, e);
    }
  }

  private static HttpServerOptions options(HttpSettings settings) {
    return new HttpServerOptions()
        .setHost(settings.host())
        .setPort(settings.port())
        .setHttp2ClearTextEnabled(false)
        .setMaxInitialLineLength(MAX_REQUEST_LINE)
        .setMaxHeaderSize(MAX_HEADERS)
        .setIdleTimeout((int) IDLE.toSeconds())
        .setIdleTimeoutUnit(TimeUnit.SECONDS);
  }

  private static IOException cannotListen(HttpSettings settings, Throwable cause) {
    return new IOException(
        "cannot listen on %s:%d (http.host, http.port): %s"
            .formatted(settings.host(), settings.port(), cause.getMessage()),
        cause);
  }

  /** The port it listens on, also where the settings leave the choice. */
  public int port() {
    return server.actualPort();
  }

  /** Takes no more requests, and blocks until those under way are answered. */
  @Override
  public void close() {
    try {
      server
          .shutdown(DRAIN)
          .toCompletionStage()
          .toCompletableFuture()
          .get(DRAIN.plusSeconds(1).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      log.warn("The HTTP server did not stop cleanly", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
