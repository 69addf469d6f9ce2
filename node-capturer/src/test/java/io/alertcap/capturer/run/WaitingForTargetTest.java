package io.alertcap.capturer.run;

import static io.alertcap.capturer.fixture.Requests.forContainer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureRequest;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A capture whose container is not there yet, or not there any more. */
class WaitingForTargetTest extends RunningNode {

  @Test
  void aStopWakesIt() {
    CaptureRequest request = forContainer("a");
    node.start(request);
    awaitWaiting();

    node.take(stop(request.id(), CaptureEnd.CANCELLED));

    awaitEnd(request.id(), "cancelled");
  }

  @Test
  void takesNoPlaceWhileItWaits() throws IOException {
    closeNode();
    node = new Node(Node.Setup.in(directory).with(Node.permissive(1))).started();
    node.start(forContainer("a"));
    awaitWaiting();

    CaptureRequest other = lasting("other", Duration.ofMillis(100));
    node.start(other);

    awaitEnd(other.id(), "started", "captured", "completed");
  }

  @Test
  void goesOnAfterARestartThatItDoesNotHoldUp() throws IOException {
    CaptureRequest request = forContainer("a");
    node.start(request);
    awaitWaiting();

    closeNode();
    assertThat(node.kafka.typesOf(request.id())).isEmpty();
    node = new Node(Node.Setup.in(directory)).started();

    node.take(stop(request.id(), CaptureEnd.CANCELLED));
    awaitEnd(request.id(), "cancelled");
  }

  private void awaitWaiting() {
    await().until(() -> node.budgets.running() == 0);
  }
}
