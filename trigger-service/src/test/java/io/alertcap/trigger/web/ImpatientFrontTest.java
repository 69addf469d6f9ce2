package io.alertcap.trigger.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that are slow or too many, and bytes that are too many. */
@Timeout(30)
class ImpatientFrontTest extends HttpFrontFixture {

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
  void refusesMoreThanItsWorkersAndTheirQueueTake() throws Exception {
    CompletableFuture<Http.Response> running = getInBackground("/wait");
    await().until(() -> waiting.get() == 1);
    CompletableFuture<Http.Response> queued = getInBackground("/wait");
    await().until(() -> meters.get("alertcap.workers.queued").gauge().value() == 1);

    Http.Response refused = http.get("/wait");

    assertProblem(refused, 503);
    assertThat(refused.header("retry-after")).isEqualTo("5");
    assertThat(refused("/wait", "overloaded")).isOne();
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
                2,
                SHORT,
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                SHORT,
                SHORT,
                1500,
                1 << 20));
    try (Socket first = new Socket(InetAddress.getLoopbackAddress(), patient.port());
        Socket second = new Socket(InetAddress.getLoopbackAddress(), patient.port());
        Socket third = new Socket(InetAddress.getLoopbackAddress(), patient.port())) {
      send(first, "GET /things/1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(read(first)).startsWith("HTTP/1.1 200 ");
      assertThat(third.getInputStream().read()).isEqualTo(-1);
      assertThat(second.isConnected()).isTrue();
      assertThat(refused("unknown", "too-many-connections")).isPositive();
    } finally {
      patient.close();
    }
  }

  private double refused(String route, String reason) {
    return meters
        .get("alertcap.http.requests.refused")
        .tags("route", route, "reason", reason)
        .counter()
        .count();
  }
}
