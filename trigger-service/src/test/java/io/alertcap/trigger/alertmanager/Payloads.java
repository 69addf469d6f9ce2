package io.alertcap.trigger.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.schemas.json.Reading;
import io.alertcap.schemas.json.Reading.Invalid;
import io.alertcap.schemas.json.Reading.Valid;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Payloads that Alertmanager 0.25 sent, and the shortest that could be one. */
public final class Payloads {

  public static final String ALERT =
      """
      {"status": "firing", "labels": {"alertname": "A"}, "startsAt": "2026-11-22T22:33:35Z",
       "fingerprint": "1f"}\
      """;

  private Payloads() {}

  /** The bytes of a recorded payload. */
  public static byte[] recorded(String name) {
    try (InputStream in = Payloads.class.getResourceAsStream("/alertmanager/" + name)) {
      assertThat(in).as(name).isNotNull();
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a recorded payload says. */
  public static Notification notification(String name) {
    return valid(recorded(name));
  }

  public static byte[] withAlerts(String alerts) {
    return ("{\"version\": \"4\", \"alerts\": [" + alerts + "]}").getBytes(StandardCharsets.UTF_8);
  }

  static Notification valid(byte[] body) {
    Reading<Notification> reading = WebhookPayload.read(body);
    assertThat(reading).isInstanceOf(Valid.class);
    return ((Valid<Notification>) reading).value();
  }

  static String refusal(byte[] body) {
    Reading<Notification> reading = WebhookPayload.read(body);
    assertThat(reading).isInstanceOf(Invalid.class);
    return ((Invalid<Notification>) reading).sentence();
  }
}
