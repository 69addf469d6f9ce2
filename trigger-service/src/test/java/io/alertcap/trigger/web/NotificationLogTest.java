package io.alertcap.trigger.web;

import static io.alertcap.trigger.alertmanager.Payloads.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.alertcap.testing.LoggedLines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A line for each notification, by which it is found again. */
class NotificationLogTest extends ApiFixture {

  @RegisterExtension final LoggedLines lines = LoggedLines.of(NotificationLog.class);

  @Test
  void namesWhatWasCommandedWhatNotAndWhy() throws Exception {
    assertThat(http.postAlerts(recorded("single-firing.json")).status()).isEqualTo(202);
    assertThat(http.postAlerts(recorded("single-firing.json")).status()).isEqualTo(200);

    assertThat(lines.all())
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "Notification: commanded 1, suppressed 0, stopped 0",
            "Notification: commanded 0, suppressed 1, stopped 0");
    assertThat(LoggedLines.fields(lines.all().getFirst()))
        .containsEntry("outcome", "taken")
        .containsEntry("alerts", "1")
        .containsEntry("targets", "kube-system/coredns-85578f88b8-n2t6g@node1")
        .containsEntry("reasons", "")
        .hasEntrySatisfying("captureIds", id -> assertThat(id).contains("coredns-latency"));
    assertThat(LoggedLines.fields(lines.all().getLast())).containsEntry("reasons", "duplicate:1");
  }

  @Test
  void saysThatANotificationWasNotTaken() throws Exception {
    recordsComplete = false;

    assertThat(http.postAlerts(recorded("single-firing.json")).status()).isEqualTo(503);

    assertThat(lines.all().getFirst().getFormattedMessage())
        .startsWith("Notification not taken, to be sent again: ");
    assertThat(LoggedLines.fields(lines.all().getFirst())).containsEntry("outcome", "unavailable");
  }
}
