package io.alertcap.capturer.enrich.names;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.alertcap.capturer.dissect.IpAddress;
import io.alertcap.foundation.config.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class TriggerAddressNamesTest {

  private static final IpAddress ONE = IpAddress.parse("10.0.0.1").orElseThrow();
  private static final IpAddress SIX = IpAddress.parse("fd00::6").orElseThrow();
  private static final Duration LONG = Duration.ofSeconds(20);

  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
  private final CountDownLatch testIsOver = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private TriggerAddressNames names;

  @BeforeEach
  void startATriggerService() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
    URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    names =
        new TriggerAddressNames(base, Optional.of(new Secret("s3cret")), Optional.empty(), LONG);
  }

  @AfterEach
  void stop() {
    testIsOver.countDown();
    names.close();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void asksWithItsTokenAndTakesWhatItAskedFor() throws InterruptedException {
    answers(
        200,
        """
        {"names": {"10.0.0.1": ["ns/pod", "ns/service"], "fd00::6": ["ns/six"], "10.0.0.9": ["ns/other"]},
         "something": "new"}
        """);

    assertThat(names.lookUp(List.of(ONE, SIX), LONG))
        .isEqualTo(
            new NameLookup.Found(
                Map.of(ONE, List.of("ns/pod", "ns/service"), SIX, List.of("ns/six"))));
    assertThat(seen.take())
        .isEqualTo("POST /api/v1/names Bearer s3cret {\"addresses\":[\"10.0.0.1\",\"fd00::6\"]}");
  }

  @Test
  void takesNothingForANameThatDoesNotLookLikeOne() {
    String endless = "x".repeat(254);
    answers(
        200,
        "{\"names\":{\"10.0.0.1\":[\"\",\"a\\u0000b\",\"\\u001b[31m\",\"a b\",\"%s\",\"ns/pod\"],\"fd00::6\":[\"\"]}}"
            .formatted(endless));

    assertThat(names.lookUp(List.of(ONE, SIX), LONG))
        .isEqualTo(new NameLookup.Found(Map.of(ONE, List.of("ns/pod")), 6));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"names\":{}}",
        "{\"names\":{\"10.0.0.1\":null}}",
        "{\"names\":{\"10.0.0.1\":\"text\"}}",
        "{\"names\":{\"10.0.0.1\":[null,7,{},[]]}}"
      })
  void findsNothingWhereNothingIsKnown(String body) {
    answers(200, body);

    assertThat(names.lookUp(List.of(ONE), LONG)).isEqualTo(new NameLookup.Found(Map.of()));
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 301, 401, 503})
  void saysWhatTheServiceAnswered(int status) {
    answers(status, "");

    assertThat(reason(LONG)).contains("answered " + status).contains("/api/v1/names");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"names\":7}", "{}", "{\"names\":null}", "null"})
  void saysThatAnAnswerIsNone(String body) {
    answers(200, body);

    assertThat(reason(LONG)).contains("an answer that is none");
  }

  @Test
  void refusesAnEndlessAnswer() {
    answers(200, "x".repeat(TriggerAddressNames.LARGEST_ANSWER + 1));

    assertThat(reason(LONG)).contains("longer than");
  }

  @Test
  void waitsNoLongerThanItMay() {
    server.createContext("/", exchange -> hang(exchange, false));

    assertThat(reason(Duration.ofMillis(50))).contains("did not answer within 50 ms");
  }

  @Test
  void waitsNoLongerForABodyEither() {
    server.createContext("/", exchange -> hang(exchange, true));

    assertThat(reason(Duration.ofMillis(300))).contains("did not answer within 300 ms");
  }

  @Test
  void saysThatNobodyListens() {
    server.stop(0);

    assertThat(reason(LONG)).contains("cannot be asked").doesNotContain("s3cret");
  }

  private String reason(Duration atMost) {
    NameLookup lookup = names.lookUp(List.of(ONE), atMost);
    assertThat(lookup).isInstanceOf(NameLookup.Unavailable.class);
    return ((NameLookup.Unavailable) lookup).reason();
  }

  private void answers(int status, String body) {
    server.createContext(
        "/",
        exchange -> {
          String question =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          seen.add(
              String.join(
                  " ",
                  exchange.getRequestMethod(),
                  exchange.getRequestURI().toString(),
                  exchange.getRequestHeaders().getFirst("Authorization"),
                  question));
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/elsewhere");
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private void hang(HttpExchange exchange, boolean afterHeaders) throws IOException {
    if (afterHeaders) {
      exchange.sendResponseHeaders(200, 1000);
      exchange.getResponseBody().write('{');
      exchange.getResponseBody().flush();
    }
    try {
      testIsOver.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
