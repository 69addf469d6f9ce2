package io.alertcap.trigger.web;

import static io.alertcap.trigger.alertmanager.Payloads.recorded;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.CaptureStatus;
import io.alertcap.schemas.Target;
import io.alertcap.schemas.json.Json;
import io.alertcap.trigger.alertmanager.Payloads;
import io.alertcap.trigger.record.SuppressedAlerts;
import io.alertcap.trigger.target.CatalogAnswer;
import io.micrometer.core.instrument.Counter;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the service is told, and what it answers. */
class ApiTest extends ApiFixture {

  /** The answers, as a client would declare them. */
  private record Taken(
      List<Begun> captures, List<Suppressed> suppressed, Optional<Long> truncatedAlerts) {}

  private record Begun(CaptureId id, String rule, String fingerprint, Target target) {}

  private record Suppressed(
      String fingerprint, Optional<String> rule, Optional<Target> target, String reason) {}

  private record NotCaptured(List<SuppressedAlerts.Entry> suppressed) {}

  @Test
  void listsWhatItDidNotCaptureAndWhy() throws Exception {
    assertThat(http.postAlerts(recorded("single-firing.json")).status()).isEqualTo(202);
    assertThat(http.postAlerts(recorded("single-firing.json")).status()).isEqualTo(200);
    assertThat(http.postAlerts(recorded("single-firing.json")).status()).isEqualTo(200);

    assertThat(http.get("/api/v1/suppressed").as(NotCaptured.class).suppressed())
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.reason().code()).isEqualTo("duplicate");
          assertThat(entry.times()).isEqualTo(2);
          assertThat(entry.alertname()).isEqualTo("CoreDNSLatencyHigh");
        });
    assertThat(http.get("/api/v1/suppressed?reason=budget").body())
        .isEqualTo("{\"suppressed\":[]}");
    assertThat(http.get("/api/v1/suppressed?reason=odd").status()).isEqualTo(400);
  }

  /** What docs/metrics.md says of the decisions. */
  @Test
  void everyAlertEndsInExactlyOneDecision() throws Exception {
    int alerts = 0;
    for (String payload :
        List.of("single-firing.json", "mixed-resolved.json", "truncated-group.json")) {
      for (boolean complete : List.of(false, true, true)) {
        recordsComplete = complete;
        Http.Response response = http.postAlerts(recorded(payload));
        alerts += Payloads.notification(payload).alerts().size();
        assertThat(response.status()).isIn(200, 202, 503);
        assertThat(total("alertcap.alerts")).isEqualTo(alerts);
      }
    }
    assertThat(total("alertcap.captures.commanded"))
        .isEqualTo(records.count(CaptureStatus.REQUESTED));
    assertThat(total("alertcap.suppressed")).isPositive();
  }

  private double total(String counter) {
    return metrics.registry().find(counter).counters().stream().mapToDouble(Counter::count).sum();
  }

  @Test
  void commandsACaptureForAnAlert() throws Exception {
    Http.Response response = http.postAlerts(recorded("single-firing.json"));

    assertThat(response.status()).isEqualTo(202);
    Taken taken = response.as(Taken.class);
    assertThat(taken.suppressed()).isEmpty();
    Begun begun = taken.captures().getFirst();
    assertThat(begun.rule()).isEqualTo("coredns-latency");
    assertThat(begun.fingerprint()).isEqualTo("376a0fe13124867f");
    assertThat(begun.target().pod()).isEqualTo("coredns-85578f88b8-n2t6g");
    assertThat(kafka.history())
        .extracting(ProducerRecord::key)
        .containsExactly("node1", begun.id().value());
    assertThat(http.get("/api/v1/captures/" + begun.id()).as(CaptureRecord.class).status())
        .isEqualTo(CaptureStatus.REQUESTED);
  }

  @Test
  void saysWhyItCapturesNothing() throws Exception {
    assertThat(http.postAlerts(recorded("single-firing.json")).status()).isEqualTo(202);

    Http.Response again = http.postAlerts(recorded("single-firing.json"));

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.as(Taken.class).captures()).isEmpty();
    assertThat(again.as(Taken.class).suppressed())
        .extracting(Suppressed::reason)
        .containsExactly("duplicate");
    assertThat(kafka.history()).hasSize(2);
  }

  @Test
  void decidesEachAlertByItsOwnStatusAndShowsWhatWasTruncated() throws Exception {
    Taken taken = http.postAlerts(recorded("mixed-resolved.json")).as(Taken.class);

    assertThat(taken.captures()).hasSize(2);
    assertThat(taken.suppressed()).extracting(Suppressed::reason).containsExactly("resolved");
    assertThat(taken.truncatedAlerts()).contains(3L);
    assertThat(metric("alertcap_alerts_total{decision=\"capture\"}")).isEqualTo("2.0");
    assertThat(metric("alertcap_alerts_total{decision=\"resolved\"}")).isEqualTo("1.0");
    assertThat(metric("alertcap_alerts_truncated_total")).isEqualTo("3.0");
    assertThat(metric("alertcap_captures_commanded_total{rule=\"coredns-latency\"}"))
        .isEqualTo("2.0");
  }

  @Test
  void countsTheSecondCopyOfAnAlertAsADuplicate() throws Exception {
    ObjectNode body = (ObjectNode) Json.mapper().readTree(recorded("single-firing.json"));
    ArrayNode alerts = (ArrayNode) body.get("alerts");
    alerts.add(alerts.get(0).deepCopy());

    Taken taken = http.postAlerts(Json.write(body)).as(Taken.class);

    assertThat(taken.captures()).hasSize(1);
    assertThat(taken.suppressed()).extracting(Suppressed::reason).containsExactly("duplicate");
    assertThat(metric("alertcap_alerts_total{decision=\"capture\"}")).isEqualTo("1.0");
    assertThat(metric("alertcap_alerts_total{decision=\"duplicate\"}")).isEqualTo("1.0");
  }

  @Test
  void promisesNothingWithoutKafkaAndTakesTheSameAlertAfterwards() throws Exception {
    kafka.sendException = new TimeoutException("no broker");

    Http.Response down = http.postAlerts(recorded("single-firing.json"));

    assertThat(down.status()).isEqualTo(503);
    assertThat(down.header("retry-after")).isNotEmpty();
    assertThat(records.count(CaptureStatus.REQUESTED)).isZero();

    kafka.sendException = null;
    assertThat(http.postAlerts(recorded("single-firing.json")).status()).isEqualTo(202);
    assertThat(metric("alertcap_alerts_total{decision=\"unavailable\"}")).isEqualTo("1.0");
  }

  @Test
  void asksForNoRepetitionOfWhatKafkaWillNeverTake() throws Exception {
    kafka.sendException = new RecordTooLargeException("2 MB");

    assertThat(http.postAlerts(recorded("single-firing.json")).status()).isEqualTo(413);
  }

  @Test
  void decidesNothingBeforeThePastIsOnRecord() throws Exception {
    recordsComplete = false;

    assertThat(http.postAlerts(recorded("single-firing.json")).status()).isEqualTo(503);
    assertThat(kafka.history()).isEmpty();
  }

  @Test
  void isUnavailableWhileTheCatalogIs() throws Exception {
    catalog = query -> new CatalogAnswer.Unavailable("the API server does not answer");

    Http.Response response = http.postAlerts(recorded("single-firing.json"));

    assertThat(response.status()).isEqualTo(503);
    assertThat(response.as(Problem.class).detail()).contains("API server");
  }

  @Test
  void takesAnAddressThatWasPutTogetherWithASlashTooMany() throws Exception {
    for (String path : List.of("/api/v1/alerts/", "//api/v1/alerts", "/api//v1/alerts")) {
      URI address = URI.create("http://127.0.0.1:" + front.port() + path);
      HttpRequest request =
          HttpRequest.newBuilder(address)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofByteArray(Payloads.withAlerts("")))
              .build();
      try (HttpClient client = HttpClient.newHttpClient()) {
        assertThat(client.send(request, BodyHandlers.discarding()).statusCode())
            .as(path)
            .isEqualTo(200);
      }
    }
  }

  @Test
  void saysThatItCannotDecodeAQuery() throws Exception {
    String request =
        """
        POST /api/v1/alerts?a=%zz HTTP/1.1\r
        Host: localhost\r
        Content-Type: application/json\r
        Content-Length: 2\r
        Connection: close\r
        \r
        {}\
        """;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), front.port())) {
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
          .startsWith("HTTP/1.1 400");
    }
    assertThat(metric("alertcap_notifications_refused_total{status=\"400\"}")).isEqualTo("1.0");
  }

  @Test
  void saysThatItReadsNoCompressedBody() throws Exception {
    Http.Response response =
        http.send(
            "POST",
            "/api/v1/alerts",
            BodyPublishers.ofByteArray(new byte[] {0x1f, (byte) 0x8b, 8, 0}),
            "Content-Encoding",
            "gzip");

    assertThat(response.status()).isEqualTo(415);
    assertThat(response.header("Accept-Encoding")).isEqualTo("identity");
    assertThat(metric("alertcap_notifications_refused_total{status=\"415\"}")).isEqualTo("1.0");
  }

  @Test
  void namesTheFieldThatIsWrong() throws Exception {
    String body = new String(recorded("single-firing.json"), UTF_8);

    Problem version = malformed(body.replace("\"version\": \"4\"", "\"version\": \"3\""));
    assertThat(version.field()).contains("version");
    Problem label = malformed(body.replace("\"severity\": \"warning\"", "\"severity\": 7"));
    assertThat(label.field()).contains("alerts[0].labels.severity");
    assertThat(malformed("{").detail()).isNotEmpty();
    assertThat(malformed("").detail()).isEqualTo("The request is empty");
  }

  @Test
  void takesNothingThatABrowserCouldBeTrickedIntoSending() throws Exception {
    byte[] body = recorded("single-firing.json");

    for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "json")) {
      assertThat(
              http.send(
                      "POST",
                      "/api/v1/alerts",
                      BodyPublishers.ofByteArray(body),
                      "Content-Type",
                      type)
                  .status())
          .as(type)
          .isEqualTo(415);
    }
    assertThat(
            http.send(
                    "POST",
                    "/api/v1/alerts",
                    BodyPublishers.ofByteArray(body),
                    "Content-Type",
                    "Application/JSON; charset=utf-8")
                .status())
        .isEqualTo(202);
  }

  private Problem malformed(String body) throws Exception {
    Http.Response response = http.postAlerts(body.getBytes(UTF_8));
    assertThat(response.status()).as(body).isEqualTo(400);
    return response.as(Problem.class);
  }
}
