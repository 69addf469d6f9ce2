package io.alertcap.trigger.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.alertcap.schemas.DataSize;
import io.alertcap.trigger.access.AuthSettings;
import io.alertcap.trigger.access.Scope;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpFrontTest {

  private static final int MAX_BODY = 1000;
  private static final Duration SHORT = Duration.ofMillis(300);

  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Workers workers = new Workers("test", 1, 1, meters);
  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicInteger waiting = new AtomicInteger();

  private HttpFront front;
  private Http http;

  @BeforeEach
  void opens() throws IOException {
    front = open(new HttpLimits(8, SHORT, SHORT, SHORT, SHORT, SHORT, 1500));
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

  private HttpFront open(HttpLimits limits) throws IOException {
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
            Route.get("/query", workers, call -> text(call.query().toString())),
            Route.post(
                "/echo", Scope.ALERTS, workers, MAX_BODY, call -> text(call.body().toString()))),
        Clock.systemUTC(),
        meters);
  }

  @Test
  void routesByPathAndMethod() throws Exception {
    assertThat(http.get("/things/7").body()).isEqualTo("{id=7}");
    assertThat(post("/echo", "hello").body()).isEqualTo("hello");
  }

  @Test
  void answersHeadLikeGetWithoutTheBody() throws Exception {
    Http.Response head = http.send("HEAD", "/things/7", BodyPublishers.noBody());

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("content-length")).isEqualTo("6");
    assertThat(head.body()).isEmpty();
  }

  @Test
  void answersWhatItDoesNotKnowWithProblems() throws Exception {
    assertProblem(http.get("/nothing"), 404);
    assertProblem(http.get("/things"), 404);
    assertProblem(http.get("/things/7/8"), 404);
    assertProblem(http.get("/things/%2e%2e%2f"), 200);
  }

  @Test
  void saysWhichMethodsThereAre() throws Exception {
    Http.Response get = http.get("/echo");
    assertProblem(get, 405);
    assertThat(get.header("allow")).isEqualTo("POST");

    Http.Response post = post("/things/7", "");
    assertProblem(post, 405);
    assertThat(post.header("allow")).isEqualTo("GET, HEAD");
  }

  @Test
  void refusesABodyThatIsAnnouncedTooLarge() throws Exception {
    Http.Response response = post("/echo", "x".repeat(MAX_BODY + 1));

    assertProblem(response, 413);
    assertThat(response.as(Problem.class).detail()).contains("1000 bytes");
    assertThat(post("/echo", "x".repeat(MAX_BODY)).status()).isEqualTo(200);
  }

  @Test
  void refusesABodyThatTurnsOutToBeTooLarge() throws Exception {
    byte[] large = new byte[5 << 20];
    new Random(1).nextBytes(large);

    assertProblem(
        http.send(
            "POST", "/echo", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))),
        413);
  }

  @Test
  void refusesABodyWhereNoneBelongs() throws Exception {
    assertProblem(http.send("GET", "/things/7", BodyPublishers.ofString("x")), 413);
  }

  @Test
  void hidesWhatWentWrongInside() throws Exception {
    Http.Response response = http.get("/broken");

    assertProblem(response, 500);
    assertThat(response.body()).doesNotContain("secret");
  }

  @Test
  void refusesMoreThanItsWorkersAndTheirQueueTake() throws Exception {
    CompletableFuture<Http.Response> running = getInBackground("/wait");
    await().until(() -> waiting.get() == 1);
    CompletableFuture<Http.Response> queued = getInBackground("/wait");
    await().until(() -> meters.get("alertcap.workers.queued").gauge().value() == 1);

    Http.Response refused = http.get("/wait");

    assertProblem(refused, 503);
    assertThat(refused.header("retry-after")).isEqualTo("5");
    release.countDown();
    assertThat(running.join().body()).isEqualTo("waited");
    assertThat(queued.join().body()).isEqualTo("waited");
  }

  @Test
  void buffersNoMoreThanItsBudget() throws Exception {
    try (Socket half = connect()) {
      send(
          half, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n" + "x".repeat(999));
      await().untilAsserted(() -> assertProblem(post("/echo", "x".repeat(600)), 503));
    }
    await().untilAsserted(() -> assertThat(post("/echo", "x".repeat(600)).status()).isEqualTo(200));
  }

  @Test
  void answersASenderThatNeverSendsWhatItAnnounced() throws Exception {
    try (Socket liar = connect()) {
      send(liar, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nten bytes.");

      assertThat(read(liar)).startsWith("HTTP/1.1 408 ").contains("application/problem+json");
    }
  }

  @Test
  void closesAConnectionThatTricklesItsHeaders() throws Exception {
    try (Socket slow = connect()) {
      assertThatThrownBy(
              () -> {
                send(slow, "GET /things/7 HTTP/1.1\r\n");
                for (int i = 0; ; i++) {
                  send(slow, "X-" + i + ": y\r\n");
                  await().pollDelay(Duration.ofMillis(20)).until(() -> true);
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void closesAnIdleConnectionAfterAnAnswer() throws Exception {
    try (Socket idle = connect()) {
      send(idle, "GET /things/7 HTTP/1.1\r\nHost: x\r\n\r\n");

      assertThat(read(idle)).startsWith("HTTP/1.1 200 ").endsWith("{id=7}");
    }
  }

  @Test
  void takesNoMoreConnectionsThanItsLimit() throws Exception {
    HttpFront patient =
        open(
            new HttpLimits(
                2, SHORT, Duration.ofSeconds(20), Duration.ofSeconds(20), SHORT, SHORT, 1500));
    try (Socket first = new Socket(InetAddress.getLoopbackAddress(), patient.port());
        Socket second = new Socket(InetAddress.getLoopbackAddress(), patient.port());
        Socket third = new Socket(InetAddress.getLoopbackAddress(), patient.port())) {
      send(first, "GET /things/1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(read(first)).startsWith("HTTP/1.1 200 ");
      assertThat(third.getInputStream().read()).isEqualTo(-1);
      assertThat(second.isConnected()).isTrue();
    } finally {
      patient.close();
    }
  }

  @Test
  void answersWhatIsNoHttp() throws Exception {
    assertThat(exchange("GET /" + "x".repeat(10_000) + " HTTP/1.1\r\n\r\n"))
        .contains(" 414 ")
        .contains("application/problem+json");
    assertThat(exchange("GET / HTTP/1.1\r\nX: " + "x".repeat(20_000) + "\r\n\r\n"))
        .contains(" 431 ");
    assertThat(exchange("\u0016\u0003\u0001 hello\r\n\r\n")).contains(" 400 ");
  }

  @Test
  void answersAQueryThatCannotBeDecoded() throws Exception {
    assertThat(exchange("GET /query?a=%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .contains(" 400 ");
  }

  @Test
  void letsRequestsFinishWhenItCloses() throws Exception {
    CompletableFuture<Http.Response> running = getInBackground("/wait");
    await().until(() -> waiting.get() == 1);
    CompletableFuture<Void> closed = CompletableFuture.runAsync(front::close);

    await()
        .untilAsserted(() ->
            assertThatThrownBy(
                    () -> new Socket(InetAddress.getLoopbackAddress(), front.port()).close())
                .isInstanceOf(IOException.class));
    assertThat(closed).isNotDone();
    release.countDown();

    assertThat(running.join().body()).isEqualTo("waited");
    closed.join();
  }

  @Test
  void namesThePortThatIsTaken() {
    assertThatThrownBy(() ->
            HttpFront.open(
                vertx,
                new HttpSettings(
                    "127.0.0.1",
                    front.port(),
                    DataSize.ofBytes(MAX_BODY),
                    new AuthSettings.Open(),
                    Optional.empty()),
                List.of(),
                Clock.systemUTC(),
                meters))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("127.0.0.1:" + front.port())
        .hasMessageContaining("http.port");
  }

  @Test
  void measuresRequestsByRouteAndStatus() throws Exception {
    var unused = http.get("/things/7");

    assertThat(
            meters
                .get("alertcap.http.requests")
                .tags("route", "/things/{id}", "status", "200")
                .timer()
                .count())
        .isOne();
  }

  private void waitForRelease() {
    waiting.incrementAndGet();
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void assertProblem(Http.Response response, int status) {
    assertThat(response.status()).as(response.body()).isEqualTo(status);
    if (status >= 400) {
      assertThat(response.header("content-type")).isEqualTo("application/problem+json");
      assertThat(response.as(Problem.class).status()).isEqualTo(status);
    }
  }

  private Http.Response post(String path, String body) throws Exception {
    return http.send("POST", path, BodyPublishers.ofString(body));
  }

  private CompletableFuture<Http.Response> getInBackground(String path) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return http.get(path);
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    });
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), front.port());
  }

  private String exchange(String request) throws IOException {
    try (Socket socket = connect()) {
      send(socket, request);
      return read(socket);
    }
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
    socket.getOutputStream().flush();
  }

  /** Until the server closes. */
  private static String read(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), US_ASCII);
  }

  private static Answer text(String text) {
    return Answer.text(200, "text/plain", text);
  }
}
