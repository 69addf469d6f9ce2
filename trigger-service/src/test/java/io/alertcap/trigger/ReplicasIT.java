package io.alertcap.trigger;

import static io.alertcap.trigger.alertmanager.Payloads.recorded;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.schemas.CaptureCommand;
import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.kafka.CloudEvent;
import io.alertcap.schemas.kafka.NodePartition;
import io.alertcap.testing.KafkaExtension;
import io.alertcap.trigger.record.RecordSettings;
import io.alertcap.trigger.web.Http;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas, which know of each other only what is on Kafka. */
@Timeout(90)
class ReplicasIT {

  private static final int INCIDENTS = 40;

  @RegisterExtension static final KafkaExtension kafka = new KafkaExtension();

  @TempDir Path directory;

  private final CyclicBarrier instant = new CyclicBarrier(2);
  private TriggerConfig config;
  private TriggerService left;
  private TriggerService right;
  private Http toLeft;
  private Http toRight;

  private record Taken(List<Begun> captures) {}

  private record Begun(CaptureId id) {}

  private record Listed(List<Begun> captures) {}

  /** Each replica keeps a record of its own. */
  private TriggerConfig elsewhere(TriggerConfig same) {
    return new TriggerConfig(
        same.http(),
        same.kafka(),
        same.signing(),
        same.s3(),
        RecordSettings.in(directory.resolve("other-record")),
        same.catalog(),
        same.rules(),
        same.policy());
  }

  @BeforeEach
  void starts() throws Exception {
    Path file =
        TestConfig.write(
            directory,
            kafka.bootstrapServers(),
            URI.create("http://127.0.0.1:9"),
            "captures",
            "key",
            "secret");
    Files.writeString(
        file,
        Files.readString(file).replace("cooldown: 15m", "cooldown: 0s\n    stopOnResolve: true"));
    config = TestConfig.read(file);
    left = TriggerService.start(config);
    right = TriggerService.start(elsewhere(config));
    toLeft = new Http(left.uri());
    toRight = new Http(right.uri());
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> left.ready().passing() && right.ready().passing());
  }

  @AfterEach
  void stops() {
    toLeft.close();
    toRight.close();
    left.close();
    right.close();
  }

  @Test
  void makeOneCaptureOfAnIncidentThatBothAreToldAtOnce() throws Exception {
    Set<CaptureId> captures = new HashSet<>();
    for (int i = 0; i < INCIDENTS; i++) {
      captures.add(toldToBoth(incident(i)));
    }

    assertThat(captures).hasSize(INCIDENTS);
    assertThat(commands().read(CaptureCommand.class))
        .extracting(CaptureCommand::id)
        .containsOnly(captures.toArray(CaptureId[]::new));
    assertThat(commands().read())
        .extracting(message -> message.partition())
        .containsOnly(NodePartition.of("node1", 4));
    String list = "/api/v1/captures?limit=" + 2 * INCIDENTS;
    await().until(() -> toLeft.get(list).body().equals(toRight.get(list).body()));
    for (Http each : List.of(toLeft, toRight)) {
      assertThat(each.get(list).as(Listed.class).captures())
          .extracting(Begun::id)
          .containsExactlyInAnyOrderElementsOf(captures);
    }
  }

  @Test
  void stopACaptureWhoseAlertIsResolvedWhicheverIsTold() throws Exception {
    Http.Response firing = toLeft.postAlerts(incident(0));
    CaptureId id = firing.as(Taken.class).captures().getFirst().id();
    CaptureRequest request =
        ((CaptureCommand.Start) commands().read(CaptureCommand.class).getFirst()).request();
    events().write(CloudEvent.of(events().name(), Events.started(request), "/alertcap/node/node1"));
    await().until(() -> toRight.get("/api/v1/captures/" + id).body().contains("\"started\""));

    assertThat(toRight.postAlerts(resolved(incident(0))).status()).isEqualTo(200);

    assertThat(commands().read(CaptureCommand.class))
        .last()
        .isEqualTo(new CaptureCommand.Stop(id, "node1", CaptureEnd.RESOLVED));
    assertThat(commands().read())
        .hasSize(2)
        .extracting(message -> message.key())
        .containsOnly("node1");
    assertThat(events().read(CaptureEvent.class)).hasSize(2);
  }

  /** The capture of both answers: of either if both commanded it, of one if the other knew. */
  private CaptureId toldToBoth(byte[] alert) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Callable<Http.Response>> posts =
          List.of(() -> atOnce(toLeft, alert), () -> atOnce(toRight, alert));
      List<Http.Response> answers =
          threads.invokeAll(posts).stream().map(Future::resultNow).toList();
      assertThat(answers).extracting(Http.Response::status).containsAnyOf(202).isSubsetOf(200, 202);
      List<CaptureId> ids =
          answers.stream()
              .flatMap(answer -> answer.as(Taken.class).captures().stream())
              .map(Begun::id)
              .distinct()
              .toList();
      assertThat(ids).hasSize(1);
      return ids.getFirst();
    }
  }

  private Http.Response atOnce(Http replica, byte[] alert) throws Exception {
    instant.await();
    return replica.postAlerts(alert);
  }

  private static byte[] incident(int number) throws Exception {
    return new String(recorded("single-firing.json"), UTF_8)
        .replace("376a0fe13124867f", "%016x".formatted(number + 1))
        .getBytes(UTF_8);
  }

  private static byte[] resolved(byte[] firing) {
    return new String(firing, UTF_8)
        .replace("\"firing\"", "\"resolved\"")
        .replace("0001-01-01T00:00:00Z", "2026-11-22T22:34:35Z")
        .getBytes(UTF_8);
  }

  private Topic commands() {
    return new Topic(kafka.bootstrapServers(), config.kafka().commandsTopic());
  }

  private Topic events() {
    return new Topic(kafka.bootstrapServers(), config.kafka().eventsTopic());
  }
}
