package io.alertcap.trigger.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.foundation.health.Health;
import io.alertcap.schemas.DataSize;
import io.alertcap.trigger.access.AuthSettings;
import io.alertcap.trigger.access.Scope;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A front with little patience and few workers, before routes that are made up. */
abstract class HttpFrontFixture {

  static final int MAX_BODY = 1000;

  /** Of an answer, so that no socket's buffers hold it. */
  static final int LARGE = 8 << 20;

  static final Duration SHORT = Duration.ofMillis(300);

  final Vertx vertx = Vertx.vertx();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final Workers workers = new Workers("test", 1, 1, meters);
  final CountDownLatch release = new CountDownLatch(1);
  final AtomicInteger waiting = new AtomicInteger();

  HttpFront front;
  Http http;

  @BeforeEach
  void opens() throws IOException {
    front = open(new HttpLimits(8, SHORT, SHORT, SHORT, SHORT, SHORT, 1500, 1 << 20));
    http = Http.undescribed(URI.create("http://127.0.0.1:" + front.port()));
  }

  @AfterEach
  void closes() {
    release.countDown();
    front.close();
    http.close();
    workers.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  HttpFront open(HttpLimits limits) throws IOException {
    return HttpFront.open(
        vertx,
        new HttpSettings(
            "127.0.0.1", 0, DataSize.ofBytes(MAX_BODY), new AuthSettings.Open(), Optional.empty()),
        limits,
        Duration.ofSeconds(5),
        List.of(
            Route.get("/things/{id}", workers, call -> text(call.path().toString())),
            Route.get(
                "/broken",
                workers,
                call -> {
                  throw new IllegalStateException("secret");
                }),
            Route.get(
                "/wait",
                workers,
                call -> {
                  waitForRelease();
                  return text("waited");
                }),
            Route.get("/large", workers, call -> text("x".repeat(LARGE))),
            Route.get("/query", workers, call -> text(call.query().toString())),
            Route.post(
                "/echo",
                Scope.ALERTS,
                workers,
                MAX_BODY,
                call -> text(new String(call.body().bytes(), UTF_8)))),
        Clock.systemUTC(),
        meters,
        new Health());
  }

  void waitForRelease() {
    waiting.incrementAndGet();
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static void assertProblem(Http.Response response, int status) {
    assertThat(response.status()).as(response.body()).isEqualTo(status);
    if (status >= 400) {
      assertThat(response.header("content-type")).isEqualTo("application/problem+json");
      assertThat(response.as(Problem.class).status()).isEqualTo(status);
    }
  }

  Http.Response post(String path, String body) throws Exception {
    return http.send("POST", path, BodyPublishers.ofString(body));
  }

  CompletableFuture<Http.Response> getInBackground(String path) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return http.get(path);
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    });
  }

  Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), front.port());
  }

  String exchange(String request) throws IOException {
    try (Socket socket = connect()) {
      send(socket, request);
      return read(socket);
    }
  }

  static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
    socket.getOutputStream().flush();
  }

  /** Until the server closes. */
  static String read(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), US_ASCII);
  }

  static Answer text(String text) {
    return Answer.text(200, "text/plain", text);
  }
}
