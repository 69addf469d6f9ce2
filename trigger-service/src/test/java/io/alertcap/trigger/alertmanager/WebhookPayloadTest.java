package io.alertcap.trigger.alertmanager;

import static io.alertcap.trigger.alertmanager.Payloads.ALERT;
import static io.alertcap.trigger.alertmanager.Payloads.notification;
import static io.alertcap.trigger.alertmanager.Payloads.refusal;
import static io.alertcap.trigger.alertmanager.Payloads.valid;
import static io.alertcap.trigger.alertmanager.Payloads.withAlerts;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.schemas.Alert;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WebhookPayloadTest {

  @Test
  void readsWhatAlertmanagerSent() {
    Notification notification = notification("single-firing.json");

    assertThat(notification.receiver()).isEqualTo("capture");
    assertThat(notification.groupKey())
        .isEqualTo("{}:{alertname=\"CoreDNSLatencyHigh\", namespace=\"kube-system\"}");
    assertThat(notification.truncatedAlerts()).isZero();
    assertThat(notification.alerts()).hasSize(1);
    assertThat(notification.alerts().getFirst().status()).isEqualTo(AlertStatus.FIRING);
    Alert alert = notification.alerts().getFirst().alert();
    assertThat(alert.alertname()).isEqualTo("CoreDNSLatencyHigh");
    assertThat(alert.fingerprint()).isEqualTo("376a0fe13124867f");
    assertThat(alert.groupKey()).isEqualTo(notification.groupKey());
    assertThat(alert.startsAt()).isEqualTo(Instant.parse("2026-11-22T22:33:35Z"));
    assertThat(alert.labels()).hasSize(8).containsEntry("pod", "coredns-85578f88b8-n2t6g");
    assertThat(alert.annotations()).hasSize(3);
    assertThat(alert.generatorUrl()).startsWith("http://prometheus.example.org/graph");
  }

  @Test
  void takesEachAlertsOwnStatus() {
    assertThat(notification("mixed-resolved.json").alerts())
        .extracting(NotifiedAlert::status)
        .containsExactly(AlertStatus.RESOLVED, AlertStatus.FIRING, AlertStatus.FIRING);
  }

  @Test
  void countsTheAlertsThatWereCutOff() {
    Notification notification = notification("truncated-group.json");

    assertThat(notification.alerts()).hasSize(3);
    assertThat(notification.truncatedAlerts()).isEqualTo(3);
  }

  @Test
  void needsNothingButWhatDecides() {
    Notification notification = valid(withAlerts(ALERT));

    assertThat(notification.groupKey()).isEmpty();
    assertThat(notification.receiver()).isEmpty();
    assertThat(notification.alerts().getFirst().alert().annotations()).isEmpty();
    assertThat(notification.alerts().getFirst().alert().generatorUrl()).isEmpty();
  }

  @Test
  void ignoresFieldsOfReleasesToCome() {
    byte[] body =
        utf8(
            """
            {"version": "4", "notification_reason": "firing", "routeLabels": {"a": [1, {"b": 2}]},
             "alerts": [{"silencedBy": null, "status": "firing", "labels": {},
                         "startsAt": "2026-11-22T22:33:35.123456789+02:00", "fingerprint": "a"}]}
            """);

    assertThat(valid(body).alerts().getFirst().alert().startsAt())
        .isEqualTo(Instant.parse("2026-11-22T20:33:35.123456789Z"));
  }

  @Test
  void anEmptyListIsNothingToDo() {
    assertThat(valid(withAlerts("")).alerts()).isEmpty();
  }

  @Test
  void undoesTheQuotingOfTheReceiver() {
    byte[] body = utf8("{\"version\":\"4\",\"receiver\":\"my\\\\.rx\\\\\\\\\",\"alerts\":[]}");

    assertThat(valid(body).receiver()).isEqualTo("my.rx\\");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                        | version is missing",
        "{\"version\": \"3\", \"alerts\": []}      | version must be \"4\"",
        "{\"version\": 4, \"alerts\": []}          | version must be a string",
        "{\"version\": \"4\"}                      | alerts is missing",
        "{\"version\": \"4\", \"alerts\": null}    | alerts is missing",
        "{\"version\": \"4\", \"alerts\": {}}      | alerts must be an array",
        "{\"version\": \"4\", \"alerts\": [null]}  | alerts[0] is missing",
        "{\"version\": \"4\", \"alerts\": [7]}     | alerts[0] ",
        "{\"version\":\"4\",\"alerts\":[],\"truncatedAlerts\":-1} | truncatedAlerts must not be",
        "[]                                        | the message must be an object",
        "null                                      | the message must not be null",
        "\"firing\"                                | the message ",
        "{\"version\":                             | the message is no JSON",
        "``                                        | the message is empty",
      })
  void refusesABodyThatIsNoPayload(String body, String sentence) {
    assertThat(refusal(utf8(body))).startsWith(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "status      | null              | alerts[1].status is missing",
        "status      | \"pending\"       | alerts[1].status must be firing or resolved",
        "labels      | null              | alerts[1].labels is missing",
        "labels      | [\"a\"]           | alerts[1].labels must be an object",
        "labels      | {\"pod\": 7}      | alerts[1].labels.pod must be a string",
        "labels      | {\"pod\": true}   | alerts[1].labels.pod must be a string",
        "labels      | {\"pod\": null}   | alerts[1].labels.pod is missing",
        "labels      | {\"pod\": {}}     | alerts[1].labels.pod must be a string",
        "annotations | {\"pod\": [1]}    | alerts[1].annotations.pod must be a string",
        "startsAt    | null              | alerts[1].startsAt is missing",
        "startsAt    | \"yesterday\"     | alerts[1].startsAt must be an RFC 3339 time",
        "startsAt    | 1795300000        | alerts[1].startsAt must be a string",
        "startsAt    | \"+12026-11-22T22:33:35Z\"    | alerts[1].startsAt must be an RFC 3339 time",
        "startsAt    | \"9999-12-31T23:59:59-10:00\" | alerts[1].startsAt must be in the years",
        "fingerprint | null              | alerts[1].fingerprint is missing",
        "fingerprint | \"../etc\"        | alerts[1].fingerprint must be a hexadecimal fingerprint",
      })
  void refusesAnAlertThatCannotBeActedUpon(String field, String value, String sentence) {
    String alert =
        ALERT.contains("\"" + field + "\"")
            ? ALERT.replaceFirst(
                "\"" + field + "\": (\\{[^}]*}|\"[^\"]*\")", "\"" + field + "\": " + value)
            : ALERT.replace("\"fingerprint\"", "\"" + field + "\": " + value + ", \"fingerprint\"");

    assertThat(refusal(withAlerts(ALERT + "," + alert))).startsWith(sentence);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0001-01-01T00:00:00Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z"})
  void takesAnyTimeThatRfc3339CanWrite(String time) {
    byte[] body = withAlerts(ALERT.replace("2026-11-22T22:33:35Z", time));

    assertThat(valid(body).alerts().getFirst().alert().startsAt()).isEqualTo(Instant.parse(time));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
