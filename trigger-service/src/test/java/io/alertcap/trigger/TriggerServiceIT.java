package io.alertcap.trigger;

import static io.alertcap.trigger.Topic.value;
import static io.alertcap.trigger.alertmanager.Payloads.recorded;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.foundation.s3.S3Clients;
import io.alertcap.schemas.CaptureCommand;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureStatus;
import io.alertcap.schemas.kafka.CloudEvent;
import io.alertcap.schemas.kafka.NodePartition;
import io.alertcap.testing.KafkaExtension;
import io.alertcap.testing.S3Extension;
import io.alertcap.trigger.web.Http;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The whole service, with a real broker and a real S3 server. */
@Timeout(90)
class TriggerServiceIT {

  private static final int PARTITIONS = 4;

  @RegisterExtension static final KafkaExtension kafka = new KafkaExtension();
  @RegisterExtension static final S3Extension s3 = new S3Extension();

  @TempDir Path directory;

  private TriggerConfig config;
  private TriggerService service;
  private Http http;

  private record Taken(List<Begun> captures, List<Suppressed> suppressed) {}

  private record Begun(CaptureId id) {}

  private record Suppressed(String reason) {}

  @BeforeEach
  void starts() throws IOException {
    config =
        TestConfig.read(
            TestConfig.write(
                directory,
                kafka.bootstrapServers(),
                s3.endpoint(),
                s3.bucket(),
                s3.credentials().accessKeyId(),
                s3.credentials().secretAccessKey()));
    start();
  }

  @AfterEach
  void stops() {
    http.close();
    service.close();
  }

  private void start() throws IOException {
    service = TriggerService.start(config);
    http = new Http(service.uri());
    await().atMost(Duration.ofSeconds(30)).until(() -> service.ready().passing());
  }

  @Test
  void putsTheCommandOnThePartitionOfTheNodeAndTellsOfIt() throws Exception {
    CaptureId id = accepted();

    List<ConsumerRecord<String, byte[]>> commands = commands().read();
    assertThat(commands).hasSize(1);
    assertThat(commands.getFirst().key()).isEqualTo("node1");
    assertThat(commands.getFirst().partition()).isEqualTo(NodePartition.of("node1", PARTITIONS));
    CaptureCommand command = value(commands.getFirst(), CaptureCommand.class);
    assertThat(command.id()).isEqualTo(id);

    List<ConsumerRecord<String, byte[]>> events = events().read();
    assertThat(events).hasSize(1);
    assertThat(events.getFirst().key()).isEqualTo(id.value());
    assertThat(value(events.getFirst(), CaptureEvent.class))
        .isInstanceOfSatisfying(
            CaptureEvent.Requested.class,
            requested ->
                assertThat(requested.request())
                    .isEqualTo(((CaptureCommand.Start) command).request()));
  }

  @Test
  void tellsItsHealthAndItsMetrics() throws Exception {
    assertThat(http.get("/readyz").body()).contains("\"status\":\"ready\"");
    assertThat(http.get("/livez").status()).isEqualTo(200);
    assertThat(http.get("/metrics").body()).contains("alertcap_captures{status=\"completed\"} ");
  }

  @Test
  void knowsAfterARestartWhatWasCaptured() throws Exception {
    CaptureId id = accepted();
    publish(Events.completed(request(id)));
    await().until(() -> status(id).equals(Optional.of(CaptureStatus.COMPLETED)));
    String before = http.get("/api/v1/captures/" + id).body();

    stops();
    start();

    assertThat(http.get("/api/v1/captures/" + id).body()).isEqualTo(before);
    Http.Response again = http.postAlerts(recorded("single-firing.json"));
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.as(Taken.class).suppressed())
        .extracting(Suppressed::reason)
        .containsExactly("duplicate");
  }

  @Test
  void coolsDownAcrossARestart() throws Exception {
    CaptureId id = accepted();
    publish(Events.started(request(id)));
    stops();
    start();

    String later =
        new String(recorded("single-firing.json"), UTF_8)
            .replace("2026-11-22T22:33:35Z", Instant.now().plusSeconds(60).toString());
    Taken taken = http.postAlerts(later.getBytes(UTF_8)).as(Taken.class);

    assertThat(taken.suppressed()).extracting(Suppressed::reason).containsExactly("cooldown");
  }

  @Test
  void capturesOnceHoweverOftenItIsToldAtOnce() throws Exception {
    List<Callable<Http.Response>> posts = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      posts.add(() -> http.postAlerts(recorded("single-firing.json")));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(50)) {
      assertThat(threads.invokeAll(posts))
          .extracting(Future::resultNow)
          .extracting(Http.Response::status)
          .containsOnly(200, 202)
          .containsOnlyOnce(202);
    }
    assertThat(commands().read()).hasSize(1);
    assertThat(events().read()).hasSize(1);
  }

  @Test
  void takesTheOtherPayloadsThatAlertmanagerSent() throws Exception {
    Taken mixed = http.postAlerts(recorded("mixed-resolved.json")).as(Taken.class);
    assertThat(mixed.captures()).hasSize(2);
    assertThat(mixed.suppressed()).extracting(Suppressed::reason).containsExactly("resolved");

    Taken truncated = http.postAlerts(recorded("truncated-group.json")).as(Taken.class);
    assertThat(truncated.captures()).hasSize(1);
    assertThat(truncated.suppressed())
        .extracting(Suppressed::reason)
        .containsExactly("duplicate", "duplicate");
  }

  @Test
  void answersResolvedAlertsWithoutCapturing() throws Exception {
    String resolved =
        new String(recorded("single-firing.json"), UTF_8).replace("\"firing\"", "\"resolved\"");

    assertThat(http.postAlerts(resolved.getBytes(UTF_8)).status()).isEqualTo(200);
    assertThat(commands().read()).isEmpty();
  }

  @Test
  void refusesABodyOfThirtyThreeMegabytes() throws Exception {
    byte[] body = new byte[33 << 20];

    assertThat(http.postAlerts(body).status()).isEqualTo(413);
    assertThat(
            http.send(
                    "POST",
                    "/api/v1/alerts",
                    BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .status())
        .isEqualTo(413);
    assertThat(accepted()).isNotNull();
  }

  @Test
  void leadsToTheUploadedFile() throws Exception {
    CaptureId id = accepted();
    String pcap = "/api/v1/captures/" + id + "/pcap";
    assertThat(http.get(pcap).status()).isEqualTo(409);

    CaptureEvent.Completed completed = (CaptureEvent.Completed) Events.completed(request(id));
    try (S3Client store = S3Clients.client(config.s3())) {
      String key = completed.artifact().key();
      store.putObject(
          put -> put.bucket(s3.bucket()).key(key), RequestBody.fromString("packets of " + id));
      publish(completed);
      await().until(() -> http.get(pcap).status() == 302);

      URI presigned = URI.create(http.get(pcap).header("location"));
      assertThat(download(presigned)).isEqualTo("packets of " + id);

      store.deleteObject(delete -> delete.bucket(s3.bucket()).key(key));
      assertThat(http.get(pcap).status()).isEqualTo(410);
    }
  }

  @Test
  void survivesEventsThatNobodyCanRead() throws Exception {
    for (String text : List.of("{\"type\":\"invented\"}", "{\"type\":\"started\"}")) {
      events().write(new ProducerRecord<>(events().name(), "key", text.getBytes(UTF_8)));
    }
    CaptureId id = accepted();
    publish(Events.started(request(id)));

    await().until(() -> status(id).equals(Optional.of(CaptureStatus.STARTED)));
    assertThat(http.get("/metrics").body())
        .contains("alertcap_events_malformed_total 1")
        .contains("alertcap_events_consumed_total{type=\"unknown\"} 1");
  }

  private CaptureId accepted() throws Exception {
    Http.Response response = http.postAlerts(recorded("single-firing.json"));
    assertThat(response.status()).as(response.body()).isEqualTo(202);
    return response.as(Taken.class).captures().getFirst().id();
  }

  private Optional<CaptureStatus> status(CaptureId id) throws Exception {
    Http.Response response = http.get("/api/v1/captures/" + id);
    return response.status() == 200
        ? Optional.of(response.as(CaptureRecord.class).status())
        : Optional.empty();
  }

  private CaptureRequest request(CaptureId id) {
    return commands().read(CaptureCommand.class).stream()
        .map(CaptureCommand.Start.class::cast)
        .map(CaptureCommand.Start::request)
        .filter(request -> request.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  /** As a node does. */
  private void publish(CaptureEvent event) throws Exception {
    events().write(CloudEvent.of(events().name(), event, "/alertcap/node/n"));
  }

  private Topic commands() {
    return new Topic(kafka.bootstrapServers(), config.kafka().commandsTopic());
  }

  private Topic events() {
    return new Topic(kafka.bootstrapServers(), config.kafka().eventsTopic());
  }

  private static String download(URI uri) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(),
              BodyHandlers.ofString())
          .body();
    }
  }
}
