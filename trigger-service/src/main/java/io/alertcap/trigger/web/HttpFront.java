package io.alertcap.trigger.web;

import io.alertcap.foundation.health.Health;
import io.alertcap.trigger.access.AccessControl;
import io.alertcap.trigger.access.AuthSettings;
import io.alertcap.trigger.access.Rotation;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
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

  /** Soon enough for a person who waits; the kubelet itself takes up to a minute. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

  private final HttpServer server;
  private final Rotation rotation;

  private final HttpSettings settings;

  private HttpFront(HttpServer server, Rotation rotation, HttpSettings settings) {
    this.server = server;
    this.rotation = rotation;
    this.settings = settings;
  }

  /**
   * Listens; blocks until it does.
   *
   * @param vertx stays the caller's to close
   * @param health watches the thread that looks for changed credentials and certificates
   * @throws IOException if it cannot, naming the setting to change
   */
  public static HttpFront open(
      Vertx vertx,
      HttpSettings settings,
      List<Route> routes,
      Clock clock,
      MeterRegistry meters,
      Health health)
      throws IOException {
    return open(vertx, settings, HttpLimits.DEFAULT, LOOK_AGAIN, routes, clock, meters, health);
  }

  static HttpFront open(
      Vertx vertx,
      HttpSettings settings,
      HttpLimits limits,
      Duration lookAgain,
      List<Route> routes,
      Clock clock,
      MeterRegistry meters,
      Health health)
      throws IOException {
    if (settings.credentialsInTheClear()) {
      log.warn(
          "http.auth without http.tls: credentials travel in the clear, unless whatever stands"
              + " before this service speaks TLS");
    }
    if (settings.auth() instanceof AuthSettings.Required required && required.readMeansAll()) {
      log.warn(
          "http.auth names neither the scope files nor names: read still means all three, so that a"
              + " node's token downloads every capture. Give files to people and names to nodes");
    }
    AccessControl access = new AccessControl(settings.auth(), meters);
    HttpServerOptions options = options(settings);
    List<Consumer<HttpServer>> refreshes = new ArrayList<>(List.of(server -> access.refresh()));
    if (settings.tls().isPresent()) {
      Tls tls = new Tls(vertx, settings.tls().get(), limits.handshake(), meters);
      tls.applyTo(options);
      refreshes.add(tls::refresh);
    }
    RequestHandler handler =
        new RequestHandler(vertx, new Routes(routes), new Gate(access), limits, clock, meters);
    HttpServer server = listening(handlers(vertx.createHttpServer(options), handler), settings);
    List<Runnable> bound =
        refreshes.stream().<Runnable>map(refresh -> () -> refresh.accept(server)).toList();
    Rotation rotation = new Rotation(health.recurring("rotation"), lookAgain, bound);
    return new HttpFront(server, rotation, settings);
  }

  private static HttpServer handlers(HttpServer server, RequestHandler handler) {
    return server
        .connectionHandler(handler::connected)
        .requestHandler(handler::handle)
        .invalidRequestHandler(handler::invalid)
        .exceptionHandler(handler::failed);
  }

  private static HttpServer listening(HttpServer server, HttpSettings settings) throws IOException {
    try {
      return server.listen().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
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

  /** Where it listens, by the host of the settings. */
  public URI uri() {
    String host = settings.host();
    return URI.create(
        "%s://%s:%d"
            .formatted(
                settings.tls().isPresent() ? "https" : "http",
                host.contains(":") ? "[" + host + "]" : host,
                port()));
  }

  /** Takes no more requests, and blocks until those under way are answered. */
  @Override
  public void close() {
    rotation.close();
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
