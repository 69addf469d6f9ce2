package io.alertcap.capturer.run;

import static io.alertcap.capturer.fixture.Requests.forThisProcess;
import static io.alertcap.capturer.fixture.Requests.spec;
import static io.alertcap.capturer.fixture.Requests.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.capturer.command.NodeCommand;
import io.alertcap.capturer.fixture.Requests;
import io.alertcap.schemas.CaptureCommand;
import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureStatus;
import io.alertcap.schemas.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node that runs, with everything outside of it in memory. */
@Timeout(30)
abstract class RunningNode {

  @TempDir Path directory;
  Node node;

  @BeforeEach
  void startNode() throws IOException {
    node = new Node(Node.Setup.in(directory)).started();
  }

  @AfterEach
  void closeNode() throws IOException {
    node.close();
  }

  void awaitEnd(CaptureId id, String... types) {
    await().untilAsserted(() -> assertThat(node.kafka.typesOf(id)).containsExactly(types));
  }

  Failure failure(CaptureId id) {
    CaptureEvent last = node.kafka.eventsOf(id).getLast();
    return last.status() == CaptureStatus.FAILED
        ? ((CaptureEvent.Failed) last).failure()
        : ((CaptureEvent.Rejected) last).failure();
  }

  CaptureEnd resultEnd(CaptureId id) {
    return node.kafka.eventsOf(id).stream()
        .filter(CaptureEvent.Captured.class::isInstance)
        .map(event -> ((CaptureEvent.Captured) event).result().end())
        .findFirst()
        .orElseThrow();
  }

  static CaptureRequest lasting(String name, Duration duration) {
    return with(forThisProcess(name), spec("udp", "auto", duration));
  }

  static NodeCommand stop(CaptureId id, CaptureEnd end) {
    return new NodeCommand.Understood(new CaptureCommand.Stop(id, Requests.NODE, end));
  }
}
