package io.alertcap.trigger.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.alertcap.foundation.health.Health;
import io.alertcap.schemas.DataSize;
import io.alertcap.trigger.access.AuthSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpFrontTest extends HttpFrontFixture {

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
  void hidesWhatWentWrongInside() throws Exception {
    Http.Response response = http.get("/broken");

    assertProblem(response, 500);
    assertThat(response.body()).doesNotContain("secret");
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
                meters,
                new Health()))
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
}
