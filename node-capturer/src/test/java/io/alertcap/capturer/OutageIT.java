package io.alertcap.capturer;

import static io.alertcap.capturer.fixture.Requests.forNetns;
import static io.alertcap.capturer.fixture.Requests.spec;
import static io.alertcap.capturer.fixture.Requests.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.capturer.fixture.ClosedCaptures;
import io.alertcap.capturer.fixture.Outside;
import io.alertcap.capturer.fixture.RestartableOutside;
import io.alertcap.capturer.netns.NamespaceLab;
import io.alertcap.capturer.spool.Spool;
import io.alertcap.capturer.spool.SpoolSettings;
import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureStatus;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A real broker and a real store that go away while the capturer works. */
@Timeout(180)
class OutageIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension final NamespaceLab lab = new NamespaceLab();
  @TempDir Path directory;

  private RestartableOutside servers;
  private Outside outside;
  private CapturerService service;

  @BeforeEach
  void start() throws Exception {
    servers = new RestartableOutside(directory);
    outside = servers.view();
    service = startService();
    awaitWhole();
  }

  @AfterEach
  void close() {
    service.close();
    outside.close();
    servers.close();
  }

  @Test
  void whileKafkaIsGoneACaptureIsFinishedAndItsEventsWait() throws Exception {
    CaptureRequest request = request("during", Duration.ofSeconds(3));
    outside.start(request);
    outside.awaitEvent(request.id(), CaptureStatus.STARTED);

    servers.stopKafka();

    await().atMost(PATIENCE).until(() -> outside.keys().size() == 2);
    awaitDegraded("commands", "Kafka");
    awaitDegraded("events", "Kafka");
    assertThat(Outside.get(service.httpPort(), "/livez").statusCode()).isEqualTo(200);
    servers.startKafka();
    awaitWhole();
    outside.awaitEvent(request.id(), CaptureStatus.COMPLETED);
    assertThat(outside.events(request.id()).stream().map(CaptureEvent::status).distinct())
        .containsExactly(CaptureStatus.STARTED, CaptureStatus.CAPTURED, CaptureStatus.COMPLETED);
    CaptureRequest next = request("after", Duration.ofMillis(300));
    outside.start(next);
    outside.awaitEvent(next.id(), CaptureStatus.COMPLETED);
  }

  @Test
  void whileS3IsGoneTheFileIsKeptAndDeliveredAfterwards() throws Exception {
    servers.stopS3();
    CaptureRequest request = request("undelivered", Duration.ofMillis(300));

    outside.start(request);

    outside.awaitEvent(request.id(), CaptureStatus.CAPTURED);
    awaitDegraded("store", "s3.endpoint");
    assertThat(directory.resolve("spool/captures/" + request.id() + "/capture.pcap")).exists();
    servers.startS3();
    outside.awaitEvent(request.id(), CaptureStatus.COMPLETED);
    awaitWhole();
    await()
        .atMost(PATIENCE)
        .until(() -> !directory.resolve("spool/captures/" + request.id()).toFile().exists());
    assertThat(outside.keys()).hasSize(2);
  }

  /** Off for longer than spool.keepFor, and back some seconds before the store is. */
  @Test
  void aFileThatANodeKeptWhileItWasOffIsDeliveredWhenTheStoreIsBack() throws Exception {
    service.close();
    servers.stopS3();
    CaptureRequest request = forNetns("off", lab.podPath());
    try (Spool spool =
        Spool.open(SpoolSettings.in(directory.resolve("spool")), Clock.systemUTC())) {
      ClosedCaptures.in(spool, request, Instant.now().minus(Duration.ofDays(2)));
    }
    service = startService();
    awaitDegraded("store", "s3.endpoint");
    outside.awaitEvent(request.id(), CaptureStatus.CAPTURED);

    servers.startS3();

    outside.awaitEvent(request.id(), CaptureStatus.COMPLETED);
    assertThat(outside.keys()).hasSize(2);
  }

  private CapturerService startService() throws Exception {
    return CapturerService.start(
        ConfigurationSource.text("it", outside.config(directory.resolve("spool")))
            .read(CapturerConfig::from)
            .settings());
  }

  private CaptureRequest request(String name, Duration duration) {
    return with(forNetns(name, lab.podPath()), spec("udp", "auto", duration));
  }

  /** The node is ready all the while: a rollout goes on, and nothing is restarted. */
  private void awaitDegraded(String check, String words) {
    awaitReady(body -> assertThat(body).containsPattern(check + "\":\"ready, but [^\"]*" + words));
  }

  private void awaitWhole() {
    awaitReady(body -> assertThat(body).doesNotContain("ready, but"));
  }

  private void awaitReady(ThrowingConsumer<String> body) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          var ready = Outside.get(service.httpPort(), "/readyz");
          assertThat(ready.statusCode()).as(ready.body()).isEqualTo(200);
          body.accept(ready.body());
        });
  }
}
