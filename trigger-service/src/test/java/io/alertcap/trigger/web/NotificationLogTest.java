package io.alertcap.trigger.web;

import static io.alertcap.trigger.alertmanager.Payloads.recorded;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A line for each notification, by which it is found again. */
class NotificationLogTest extends ApiFixture {

  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(NotificationLog.class);

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
  void namesWhatWasCommandedWhatNotAndWhy() throws Exception {
    assertThat(http.postAlerts(recorded("single-firing.json")).status()).isEqualTo(202);
    assertThat(http.postAlerts(recorded("single-firing.json")).status()).isEqualTo(200);

    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "Notification: commanded 1, suppressed 0, stopped 0",
            "Notification: commanded 0, suppressed 1, stopped 0");
    assertThat(fields(lines.list.getFirst()))
        .containsEntry("outcome", "taken")
        .containsEntry("alerts", "1")
        .containsEntry("targets", "kube-system/coredns-85578f88b8-n2t6g@node1")
        .containsEntry("reasons", "")
        .hasEntrySatisfying("captureIds", id -> assertThat(id).contains("coredns-latency"));
    assertThat(fields(lines.list.getLast())).containsEntry("reasons", "duplicate:1");
  }

  @Test
  void saysThatANotificationWasNotTaken() throws Exception {
    recordsComplete = false;

    assertThat(http.postAlerts(recorded("single-firing.json")).status()).isEqualTo(503);

    assertThat(lines.list.getFirst().getFormattedMessage())
        .startsWith("Notification not taken, to be sent again: ");
    assertThat(fields(lines.list.getFirst())).containsEntry("outcome", "unavailable");
  }

  private static Map<String, String> fields(ILoggingEvent line) {
    return line.getKeyValuePairs().stream()
        .collect(toMap(pair -> pair.key, pair -> String.valueOf(pair.value)));
  }
}
