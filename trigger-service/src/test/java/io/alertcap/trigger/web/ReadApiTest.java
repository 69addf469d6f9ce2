package io.alertcap.trigger.web;

import static io.alertcap.trigger.Events.completed;
import static io.alertcap.trigger.Events.failed;
import static io.alertcap.trigger.Events.requested;
import static io.alertcap.trigger.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.schemas.AccessEvent;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.json.Json;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

/** What can be asked of the service, which changes nothing. */
class ReadApiTest extends ApiFixture {

  private record Listed(List<CaptureRecord> captures, Optional<String> next) {}

  @Test
  void listsPageByPage() throws Exception {
    List<CaptureRequest> requests =
        IntStream.range(0, 3)
            .mapToObj(i -> request("coredns-latency", "pod-" + i, CLOCK.instant().plusSeconds(i)))
            .toList();
    requests.forEach(r -> records.add(requested(r)));

    Listed first = http.get("/api/v1/captures?limit=2").as(Listed.class);
    Listed second =
        http.get("/api/v1/captures?limit=2&cursor=" + first.next().orElseThrow()).as(Listed.class);

    assertThat(first.captures())
        .extracting(CaptureRecord::id)
        .containsExactly(requests.get(2).id(), requests.get(1).id());
    assertThat(second.captures())
        .extracting(CaptureRecord::id)
        .containsExactly(requests.get(0).id());
    assertThat(second.next()).isEmpty();
    assertThat(http.get("/api/v1/captures?pod=pod-1&status=requested").as(Listed.class).captures())
        .hasSize(1);
  }

  @Test
  void refusesAQueryItDoesNotUnderstand() throws Exception {
    for (String query :
        List.of(
            "namespce=x",
            "limit=0",
            "limit=501",
            "limit=x",
            "status=done",
            "since=yesterday",
            "since=%2B999999999-12-31T23:59:59Z",
            "cursor=AAAA",
            "pod=a&pod=b")) {
      Http.Response response = http.get("/api/v1/captures?" + query);

      assertThat(response.status()).as(query).isEqualTo(400);
      assertThat(response.as(Problem.class).field())
          .contains(query.substring(0, query.indexOf('=')));
    }
  }

  @Test
  void knowsNoCaptureThatIsNotThere() throws Exception {
    for (String id : List.of(request("a").id().value(), "nonsense", "%00", "x".repeat(2000))) {
      assertThat(http.get("/api/v1/captures/" + id).status()).isEqualTo(404);
      assertThat(http.get("/api/v1/captures/" + id + "/pcap").status()).isEqualTo(404);
    }
  }

  @Test
  void leadsToTheFileOnceItIsUploaded() throws Exception {
    CaptureRequest request = request("coredns-latency", "a", CLOCK.instant());
    records.add(requested(request));
    String path = "/api/v1/captures/" + request.id() + "/pcap";
    assertThat(http.get(path).status()).isEqualTo(409);

    records.add(completed(request));
    location = new ArtifactStore.Location.Here(URI.create("https://s3.example.org/captures/x?X=y"));
    Http.Response found = http.get(path);
    assertThat(found.status()).isEqualTo(302);
    assertThat(found.header("location")).isEqualTo("https://s3.example.org/captures/x?X=y");
    assertThat(found.header("cache-control")).isEqualTo("no-store");

    location = new ArtifactStore.Location.Gone("it was deleted");
    assertThat(http.get(path).status()).isEqualTo(410);

    location = new ArtifactStore.Location.Unavailable("S3 cannot be reached");
    assertThat(http.get(path).status()).isEqualTo(503);
  }

  @Test
  void tellsKafkaWhoWasGivenTheFileAndDoesNotNeedItForThat() throws Exception {
    CaptureRequest request = request("coredns-latency", "a", CLOCK.instant());
    records.add(completed(request));
    String path = "/api/v1/captures/" + request.id() + "/pcap";
    location = new ArtifactStore.Location.Here(URI.create("https://s3.example.org/captures/x?X=y"));

    assertThat(http.get(path).status()).isEqualTo(302);

    assertThat(kafka.history()).hasSize(1);
    AccessEvent event =
        Json.mapper().readValue(kafka.history().getFirst().value(), AccessEvent.class);
    assertThat(event.id()).isEqualTo(request.id());
    assertThat(event.access().what()).isEqualTo("pcap");

    kafka.sendException = new KafkaException("no broker");
    assertThat(http.get(path).status()).isEqualTo(302);
    assertThat(metrics.registry().get("alertcap.accesses.untold").counter().count()).isOne();
  }

  @Test
  void saysThatThereWillBeNoFileOfACaptureThatFailed() throws Exception {
    CaptureRequest request = request("coredns-latency", "a", CLOCK.instant());
    records.add(failed(request));

    Http.Response response = http.get("/api/v1/captures/" + request.id() + "/pcap");

    assertThat(response.status()).isEqualTo(410);
    assertThat(response.as(Problem.class).detail()).contains("failed").contains("no container");
  }

  @Test
  void tellsWhatAddressesAreCalled() throws Exception {
    Http.Response response =
        names("{\"addresses\": [\"172.20.1.195\", \"FD00:0::7\", \"192.0.2.1\", \"x\"]}");

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo(
            "{\"names\":{\"172.20.1.195\":[\"kube-system/coredns-85578f88b8-n2t6g\"],"
                + "\"FD00:0::7\":[\"shop/web-0\"]}}");
  }

  @Test
  void takesNoQuestionThatIsNone() throws Exception {
    String most = String.join(",", Collections.nCopies(4096, "\"172.20.1.195\""));
    assertThat(names("{\"addresses\": [" + most + "]}").status()).isEqualTo(200);
    assertThat(names("{\"addresses\": [" + most + ",\"::1\"]}").as(Problem.class).field())
        .contains("addresses");
    assertThat(names("{}").as(Problem.class).field()).contains("addresses");
    assertThat(names("{\"addresses\": [null]}").status()).isEqualTo(400);
    assertThat(names("{\"addresses\": [1]}").status()).isEqualTo(400);
    assertThat(names("x".repeat(300_000)).status()).isEqualTo(413);
    assertThat(
            http.send(
                    "POST",
                    "/api/v1/names",
                    BodyPublishers.ofString("{}"),
                    "Content-Type",
                    "text/plain")
                .status())
        .isEqualTo(415);
  }

  private Http.Response names(String body) throws Exception {
    return http.send("POST", "/api/v1/names", BodyPublishers.ofString(body));
  }

  @Test
  void tellsItsHealth() throws Exception {
    assertThat(http.get("/livez").status()).isEqualTo(200);
    health.readiness("events").notReady("Kafka is down");

    assertThat(http.get("/readyz").status()).isEqualTo(503);
    assertThat(http.get("/readyz").body()).contains("Kafka is down");
  }

  @Test
  void servesItsMetrics() throws Exception {
    records.bindTo(metrics.registry());
    records.add(requested(request("coredns-latency", "a", CLOCK.instant())));

    Http.Response response = http.get("/metrics");

    assertThat(response.header("content-type")).startsWith("text/plain");
    assertThat(response.body()).contains("alertcap_captures{status=\"requested\"} 1.0");
  }

  @Test
  void describesItself() throws Exception {
    Http.Response response = http.get("/openapi.yaml");

    assertThat(response.header("content-type")).isEqualTo("application/yaml");
    assertThat(response.body()).startsWith("openapi: 3.1").contains("/api/v1/alerts:");
  }
}
