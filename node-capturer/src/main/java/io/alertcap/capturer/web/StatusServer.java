package io.alertcap.capturer.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.alertcap.foundation.health.Health;
import io.alertcap.foundation.health.HealthReport;
import io.alertcap.foundation.metrics.Metrics;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** {@code /livez}, {@code /readyz} and {@code /metrics}, by the JDK's own server. */
public final class StatusServer implements AutoCloseable {

  /** Each may have a thread, so that no request waits for another; as a rule there are two. */
  private static final int CONNECTIONS = 64;

  private static final int SECONDS_IDLE = 10;

  /** To send a request, and to take its answer. */
  private static final int SECONDS_EACH = 3;

  static {
    limit();
  }

  private static final String JSON = "application/json";

  private final HttpServer server;
  private final ExecutorService threads;

  private record Answer(int status, String contentType, String body) {}

  private StatusServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Listens.
   *
   * @throws IOException if the address cannot be listened on; the message says which setting to
   *     change
   */
  public static StatusServer start(HttpSettings settings, Health health, Metrics metrics)
      throws IOException {
    HttpServer server;
    try {
      server =
          HttpServer.create(new InetSocketAddress(settings.host(), settings.port()), CONNECTIONS);
    } catch (BindException e) {
      throw new IOException(
          "%s:%d cannot be listened on (%s): set http.port to another port."
              .formatted(settings.host(), settings.port(), e.getMessage()),
          e);
    }
    AtomicInteger number = new AtomicInteger();
    ExecutorService threads =
        new ThreadPoolExecutor(
            0,
            2 * CONNECTIONS, // some of them are still letting go of a closed one
            SECONDS_IDLE,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> Thread.ofPlatform().name("http-" + number.incrementAndGet()).unstarted(task));
    server.setExecutor(threads);
    StatusServer status = new StatusServer(server, threads);
    status.answer("/livez", () -> report(health.alive()));
    status.answer("/readyz", () -> report(health.ready()));
    status.answer("/metrics", () -> new Answer(200, Metrics.CONTENT_TYPE, metrics.text()));
    server.start();
    return status;
  }

  /**
   * The server's own limits, which it takes from nowhere else, and once. Without them a client that
   * never ends its request keeps a thread for ever, and some such clients keep the kubelet's probes
   * from being answered: whoever reaches the port could have the capturer killed.
   *
   * <p>Documented for the module {@code jdk.httpserver}; what is set on the command line stays.
   */
  private static void limit() {
    Map.of(
            "jdk.httpserver.maxConnections", CONNECTIONS,
            "sun.net.httpserver.maxReqTime", SECONDS_EACH,
            "sun.net.httpserver.maxRspTime", SECONDS_EACH,
            "sun.net.httpserver.idleInterval", SECONDS_IDLE,
            "sun.net.httpserver.maxReqHeaderSize", 16 << 10)
        .forEach((name, value) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, value.toString());
          }
        });
  }

  /** The port that is listened on; the bound one where 0 was asked for. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(String path, Supplier<Answer> answers) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            send(exchange, path, answers);
          }
        });
  }

  private static void send(HttpExchange exchange, String path, Supplier<Answer> answers)
      throws IOException {
    Answer answer;
    if (!exchange.getRequestURI().getPath().equals(path)) {
      answer = new Answer(404, JSON, "{\"title\":\"Not found\",\"status\":404}");
    } else if (!Set.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      answer = new Answer(405, JSON, "{\"title\":\"Method not allowed\",\"status\":405}");
    } else {
      answer = answers.get();
    }
    byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.getResponseHeaders().set("Content-Type", answer.contentType);
    exchange.sendResponseHeaders(answer.status, head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
  }

  private static Answer report(HealthReport report) {
    return new Answer(report.httpStatus(), JSON, report.json());
  }
}
