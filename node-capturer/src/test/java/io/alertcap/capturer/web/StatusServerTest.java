package io.alertcap.capturer.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertcap.foundation.health.Health;
import io.alertcap.foundation.health.Readiness;
import io.alertcap.foundation.metrics.Metrics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatusServerTest {

  private final Health health = new Health();
  private final Readiness readiness = health.readiness("commands");
  private final Metrics metrics = new Metrics("capturer");
  private final HttpClient client = HttpClient.newHttpClient();
  private StatusServer server;

  @BeforeEach
  void start() throws IOException {
    server = StatusServer.start(new HttpSettings("127.0.0.1", 0), health, metrics);
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
    metrics.close();
  }

  @Test
  void isReadyOnceEveryPartIs() throws Exception {
    readiness.notReady("Kafka is gone.");
    HttpResponse<String> before = request("GET", "/readyz");
    readiness.ready();
    HttpResponse<String> after = request("GET", "/readyz");

    assertThat(before.statusCode()).isEqualTo(503);
    assertThat(before.body()).contains("\"commands\":\"Kafka is gone.\"");
    assertThat(after.statusCode()).isEqualTo(200);
    assertThat(request("GET", "/livez").statusCode()).isEqualTo(200);
  }

  @Test
  void showsItsMetrics() throws Exception {
    HttpResponse<String> metrics = request("GET", "/metrics");

    assertThat(metrics.body()).contains("alertcap_build_info{service=\"capturer\"");
    assertThat(metrics.headers().firstValue("Content-Type")).contains(Metrics.CONTENT_TYPE);
  }

  @Test
  void answersHeadWithoutABody() throws Exception {
    HttpResponse<String> head = request("HEAD", "/metrics");

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }

  @Test
  void refusesEverythingElse() throws Exception {
    assertThat(request("POST", "/readyz").statusCode()).isEqualTo(405);
    assertThat(request("GET", "/readyz/more").statusCode()).isEqualTo(404);
    assertThat(request("GET", "/").statusCode()).isEqualTo(404);
  }

  @Test
  void aTakenPortNamesTheSetting() {
    assertThatThrownBy(
            () -> StatusServer.start(new HttpSettings("127.0.0.1", server.port()), health, metrics))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("http.port");
  }

  private HttpResponse<String> request(String method, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    return client.send(
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
