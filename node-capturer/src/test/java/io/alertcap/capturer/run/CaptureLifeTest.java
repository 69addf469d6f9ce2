package io.alertcap.capturer.run;

import static io.alertcap.capturer.fixture.Requests.forThisProcess;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.capturer.command.CommandIntake.Answer;
import io.alertcap.capturer.fixture.CaptureFiles;
import io.alertcap.capturer.fixture.FakePacketSource;
import io.alertcap.capturer.fixture.Requests;
import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.json.Json;
import io.alertcap.schemas.json.Reading;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What comes of commands, told from outside: by the events, the bucket and the meters. */
class CaptureLifeTest extends RunningNode {

  @Test
  void aCaptureIsCapturedUploadedAndToldOf() throws IOException {
    CaptureRequest request = lasting("a", Duration.ofMillis(200));

    assertThat(node.start(request)).isEqualTo(new Answer.Taken());

    awaitEnd(request.id(), "started", "captured", "completed");
    CaptureEvent.Completed completed =
        (CaptureEvent.Completed) node.kafka.eventsOf(request.id()).getLast();
    assertThat(completed.result().end()).isEqualTo(CaptureEnd.DURATION);
    assertThat(completed.result().packets()).isEqualTo(FakePacketSource.PACKETS);
    String key = completed.artifact().key();
    assertThat(key)
        .startsWith("prefix/")
        .endsWith("/kube-system/coredns-1/" + request.id() + ".pcapng.gz");
    byte[] file = node.store.content(key);
    assertThat(file).hasSize((int) completed.artifact().bytes());
    assertThat(node.store.object(key).metadata())
        .containsEntry("capture-id", request.id().value())
        .containsEntry("sha256", completed.artifact().sha256());
    assertThat(CaptureFiles.packets(file)).isEqualTo(FakePacketSource.PACKETS);
    await().untilAsserted(() -> assertThat(node.spool.captures()).isEmpty());
    assertThat(node.counted("alertcap.capturer.commands", "outcome", "accepted")).isEqualTo(1);
    assertThat(node.counted("alertcap.capturer.captures", "status", "completed")).isEqualTo(1);
  }

  @Test
  void theRecordBesideTheFileIsTheOneThatTheEventsTell() {
    CaptureRequest request = lasting("a", Duration.ofMillis(100));

    node.start(request);

    awaitEnd(request.id(), "started", "captured", "completed");
    CaptureRecord told =
        CaptureRecord.of(new CaptureEvent.Requested(request, request.commandedAt()));
    for (CaptureEvent event : node.kafka.eventsOf(request.id())) {
      told = told.with(event);
    }
    byte[] json = node.store.content(request.id() + ".json");
    assertThat(Json.read(json, CaptureRecord.class)).isEqualTo(new Reading.Valid<>(told));
  }

  @Test
  void theSameCommandTwiceIsOneCapture() {
    CaptureRequest request = lasting("a", Duration.ofMillis(100));

    node.start(request);
    node.start(request);
    awaitEnd(request.id(), "started", "captured", "completed");
    await().until(() -> node.spool.captures().isEmpty());
    node.start(request);

    assertThat(node.counted("alertcap.capturer.commands", "outcome", "duplicate")).isEqualTo(2);
    assertThat(node.kafka.typesOf(request.id())).hasSize(3);
  }

  @Test
  void aStopEndsARunningCaptureAndKeepsWhatItHas() {
    CaptureRequest request = forThisProcess("a");
    node.start(request);
    await().until(() -> node.kafka.typesOf(request.id()).contains("started"));

    node.take(stop(request.id(), CaptureEnd.RESOLVED));

    awaitEnd(request.id(), "started", "captured", "completed");
    assertThat(resultEnd(request.id())).isEqualTo(CaptureEnd.RESOLVED);
    assertThat(node.counted("alertcap.capturer.commands", "outcome", "stopped")).isEqualTo(1);
  }

  @Test
  void aStopBeforeTheFilterIsActiveCancels() {
    CaptureRequest request = forThisProcess("a");
    CountDownLatch opening = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    node.packets.whileOpening(() -> {
      opening.countDown();
      awaitLatch(stopped);
    });
    node.start(request);
    awaitLatch(opening);

    node.take(stop(request.id(), CaptureEnd.CANCELLED));
    stopped.countDown();

    awaitEnd(request.id(), "cancelled");
  }

  @Test
  void aStopOfNothingHasNoEffect() {
    node.take(stop(Requests.id("unknown"), CaptureEnd.CANCELLED));

    assertThat(node.counted("alertcap.capturer.commands", "outcome", "stop-without-effect"))
        .isEqualTo(1);
    assertThat(node.kafka.records()).isEmpty();
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
