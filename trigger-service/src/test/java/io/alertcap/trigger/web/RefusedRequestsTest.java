package io.alertcap.trigger.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.alertcap.testing.LoggedLines;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nobody is refused in silence, and nobody fills the log. */
@Timeout(30)
class RefusedRequestsTest extends FrontDoorFixture {

  @RegisterExtension final LoggedLines lines = LoggedLines.of(RefusedRequests.class);

  @Test
  void countsEachFromTheStart() throws Exception {
    try (Http http = plain(auth)) {
      assertThat(refused("/alerts", "unauthenticated")).isZero();
      assertThat(refused("/alerts", "overloaded")).isZero();
      assertThat(refused("unknown", "too-many-connections")).isZero();

      var unused = send(http, "POST", "/alerts", "Bearer wrong");
      unused = send(http, "GET", "/read", "Bearer " + TOKEN);
      unused = http.get("/alert");
      unused = http.get("/alerts");
      exchange("GET /" + "x".repeat(10_000) + " HTTP/1.1\r\n\r\n");
      exchange("GET / HTTP/1.1\r\nX: " + "x".repeat(20_000) + "\r\n\r\n");
      exchange("\u0016\u0003\u0001 hello\r\n\r\n");

      assertThat(refused("/alerts", "unauthenticated")).isOne();
      assertThat(refused("/read", "forbidden")).isOne();
      assertThat(refused("unknown", "unknown-path")).isOne();
      assertThat(refused("unknown", "unknown-method")).isOne();
      assertThat(refused("unknown", "uri-too-long")).isOne();
      assertThat(refused("unknown", "headers-too-large")).isOne();
      assertThat(refused("unknown", "no-http")).isOne();
    }
  }

  @Test
  void tellsOfEachCallerAndReasonOnceAMinute() throws Exception {
    try (Http http = plain(auth)) {
      for (int i = 0; i < 20; i++) {
        var unused = send(http, "POST", "/alerts", "Bearer wrong-" + i);
      }
      var unused = http.get("/alert%0a");

      assertThat(lines.all())
          .extracting(ILoggingEvent::getFormattedMessage)
          .containsExactly(
              "Refused a request: These credentials are not known here, or no longer",
              "Refused a request: There is no such path");
      assertThat(lines.all().getFirst().getKeyValuePairs().toString())
          .contains("reason=\"unauthenticated\"")
          .contains("caller=\"127.0.0.1\"")
          .contains("request=\"POST /alerts\"")
          .doesNotContain("wrong");
    }
  }

  @Test
  void tellsOfFailedHandshakes() throws Exception {
    try (Http http = secure(auth, certificates.trusting())) {
      assertThat(http.get("/open").status()).isEqualTo(200);
      exchange("GET / HTTP/1.1\r\n\r\n");
      await().until(() -> !lines.all().isEmpty());
      assertThat(lines.all().getFirst().getFormattedMessage())
          .contains("A TLS handshake failed")
          .contains("not an SSL/TLS record");
    }
  }

  private double refused(String route, String reason) {
    return meters
        .get("alertcap.http.requests.refused")
        .tags("route", route, "reason", reason)
        .counter()
        .count();
  }

  private void exchange(String request) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().readAllBytes()).isNotNull();
    }
  }
}
