package io.alertcap.capturer.run;

import static io.alertcap.capturer.fixture.Requests.forThisProcess;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.testing.LoggedLines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The line of a capture that starts says whose packets are captured, where, and for whom. */
class CaptureStepsLogTest extends RunningNode {

  @RegisterExtension final LoggedLines lines = LoggedLines.of(CaptureSteps.class);

  @Test
  void namesWhoseAndWhereAndForWhom() {
    CaptureRequest request = forThisProcess("a");
    node.start(request);
    await().until(() -> node.kafka.typesOf(request.id()).contains("started"));
    node.take(stop(request.id(), CaptureEnd.RESOLVED));

    ILoggingEvent started =
        lines.all().stream()
            .filter(line -> line.getFormattedMessage().startsWith("Capturing on "))
            .findFirst()
            .orElseThrow();
    assertThat(started.getMDCPropertyMap()).containsEntry("captureId", request.id().value());
    assertThat(LoggedLines.fields(started))
        .containsEntry("rule", request.rule())
        .containsEntry("namespace", request.target().namespace())
        .containsEntry("pod", request.target().pod())
        .containsEntry("node", request.target().node())
        .containsEntry("filter", request.capture().filter())
        .containsEntry("pid", request.target().pid().map(String::valueOf).orElse(""))
        .containsKeys("interface", "alertname", "fingerprint", "containerId");
  }
}
