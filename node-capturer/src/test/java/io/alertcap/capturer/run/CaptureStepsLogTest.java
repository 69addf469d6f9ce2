package io.alertcap.capturer.run;

import static io.alertcap.capturer.fixture.Requests.forThisProcess;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureRequest;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The line of a capture that starts says whose packets are captured, where, and for whom. */
class CaptureStepsLogTest extends RunningNode {

  private final Logger logger = (Logger) LoggerFactory.getLogger(CaptureSteps.class);
  private final Lines lines = new Lines();

  private static final class Lines extends AppenderBase<ILoggingEvent> {
    private final Queue<ILoggingEvent> all = new ConcurrentLinkedQueue<>();

    @Override
    protected void append(ILoggingEvent line) {
      line.prepareForDeferredProcessing();
      all.add(line);
    }
  }

  @BeforeEach
  void listens() {
    lines.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(lines);
  }

  @AfterEach
  void stopsListening() {
    logger.detachAppender(lines);
    logger.setLevel(null);
  }

  @Test
  void namesWhoseAndWhereAndForWhom() {
    CaptureRequest request = forThisProcess("a");
    node.start(request);
    await().until(() -> node.kafka.typesOf(request.id()).contains("started"));
    node.take(stop(request.id(), CaptureEnd.RESOLVED));

    ILoggingEvent started =
        lines.all.stream()
            .filter(line -> line.getFormattedMessage().startsWith("Capturing on "))
            .findFirst()
            .orElseThrow();
    assertThat(started.getMDCPropertyMap()).containsEntry("captureId", request.id().value());
    Map<String, String> fields =
        started.getKeyValuePairs().stream()
            .collect(toMap(pair -> pair.key, pair -> String.valueOf(pair.value)));
    assertThat(fields)
        .containsEntry("rule", request.rule())
        .containsEntry("namespace", request.target().namespace())
        .containsEntry("pod", request.target().pod())
        .containsEntry("node", request.target().node())
        .containsEntry("filter", request.capture().filter())
        .containsEntry("pid", request.target().pid().map(String::valueOf).orElse(""))
        .containsKeys("interface", "alertname", "fingerprint", "containerId");
  }
}
