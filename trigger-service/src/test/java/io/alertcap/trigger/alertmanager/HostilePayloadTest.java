package io.alertcap.trigger.alertmanager;

import static io.alertcap.trigger.alertmanager.Payloads.ALERT;
import static io.alertcap.trigger.alertmanager.Payloads.refusal;
import static io.alertcap.trigger.alertmanager.Payloads.valid;
import static io.alertcap.trigger.alertmanager.Payloads.withAlerts;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.schemas.Alert;
import io.alertcap.schemas.json.Json;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies that somebody made to do harm: read or refused, in bounded time and memory. */
@Timeout(30)
final class HostilePayloadTest {

  @Test
  void readsAHundredThousandAlerts() {
    byte[] body = withAlerts(String.join(",", Collections.nCopies(100_000, ALERT)));

    assertThat(valid(body).alerts()).hasSize(100_000);
  }

  @Test
  void asksForMemoryBeforeItReadsTheNextAlert() {
    byte[] body = withAlerts(String.join(",", Collections.nCopies(100, ALERT)));
    AtomicLong left = new AtomicLong(20_000);

    WebhookReading reading =
        WebhookPayload.read(new ByteArrayInputStream(body), bytes -> left.addAndGet(-bytes) >= 0);

    assertThat(reading)
        .isInstanceOfSatisfying(
            WebhookReading.OutOfMemory.class, it -> assertThat(it.alerts()).isBetween(5, 20));
  }

  @Test
  void cutsAValueOfFiveMegabytes() {
    byte[] body = withAlerts(withLabels("\"pod\": \"" + "x".repeat(5_000_000) + "\""));

    String pod = onlyAlert(body).labels().get("pod");
    assertThat(pod).hasSize(Alert.MAX_LENGTH).startsWith("xxxx").endsWith("x…");
  }

  @Test
  void keepsTheFirstOfTenThousandLabels() {
    String labels =
        IntStream.range(0, 10_000)
            .mapToObj("\"label%1$05d\": \"%1$d\""::formatted)
            .collect(joining(","));

    assertThat(onlyAlert(withAlerts(withLabels(labels))).labels())
        .hasSize(Alert.MAX_ENTRIES)
        .containsKeys("label00000", "label00127");
  }

  @Test
  void keepsNoMoreThanAKafkaRecordHolds() {
    String entries =
        IntStream.range(0, 1_000)
            .mapToObj(i -> "\"label" + i + "\": \"" + "\\u0001".repeat(4_096) + "\"")
            .collect(joining(","));

    Alert alert = onlyAlert(withAlerts(withLabels(entries + "}, \"annotations\": {" + entries)));

    assertThat(alert.labels()).hasSizeGreaterThan(5);
    assertThat(Json.write(alert)).hasSizeBetween(300_000, 600_000);
  }

  @Test
  void cutsNoCharacterInHalf() {
    String text = "x".repeat(Alert.MAX_LENGTH - 2) + "😀😀";

    assertThat(onlyAlert(withAlerts(withLabels("\"pod\": \"" + text + "\""))).labels().get("pod"))
        .hasSize(Alert.MAX_LENGTH - 1)
        .endsWith("x…");
  }

  @Test
  void repairsHalfACharacterSoThatTheAlertCanBeSentOn() {
    Alert alert = onlyAlert(withAlerts(withLabels("\"pod\": \"a\\ud83db\", \"😀\": \"😀\"")));

    assertThat(alert.labels()).containsEntry("pod", "a\uFFFDb").containsEntry("😀", "😀");
    assertThat(new String(Json.write(alert), StandardCharsets.UTF_8)).contains("a\uFFFDb");
  }

  @Test
  void keepsControlCharactersWhichALabelMayHold() {
    Alert alert = onlyAlert(withAlerts(withLabels("\"pod\": \"../\\u0000\\u001b[31m\\n\"")));

    assertThat(alert.labels()).containsEntry("pod", "../\u0000\u001b[31m\n");
  }

  @Test
  void showsNoControlCharactersAndNoLongTextInARefusal() {
    byte[] body = withAlerts(withLabels("\"\\n\\u001b" + "x".repeat(10_000) + "\": 1"));

    assertThat(refusal(body)).startsWith("alerts[0].labels.??xxx").hasSizeLessThan(450);
  }

  @Test
  void refusesDeepNesting() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);

    byte[] unknownField = ("{\"unknown\": " + deep + "}").getBytes(StandardCharsets.UTF_8);
    assertThat(refusal(unknownField)).contains("nesting depth");
  }

  @Test
  void refusesTheSameFieldTwice() {
    assertThat(refusal(withAlerts(withLabels("\"pod\": \"a\", \"pod\": \"b\""))))
        .containsIgnoringCase("duplicate");
  }

  @Test
  void refusesWhatIsNoUtf8() {
    byte[] body = withAlerts(withLabels("\"pod\": \"#\""));
    for (int i = 0; i < body.length; i++) {
      body[i] = body[i] == '#' ? (byte) 0xff : body[i];
    }

    assertThat(refusal(body)).isNotEmpty();
  }

  /** The same 20,000 bodies on every run. */
  @Test
  void neverThrowsWhateverIsDoneToABody() {
    Random random = new Random(20261122);
    byte[][] seeds = {
      Payloads.recorded("single-firing.json"),
      Payloads.recorded("mixed-resolved.json"),
      withAlerts(ALERT + "," + ALERT)
    };
    byte[] structure = "{}[]\",:\\u0- \0null4e9\u00ff".getBytes(StandardCharsets.ISO_8859_1);

    for (int round = 0; round < 20_000; round++) {
      byte[] body = seeds[random.nextInt(seeds.length)].clone();
      for (int change = random.nextInt(8); change >= 0; change--) {
        int at = random.nextInt(body.length);
        body[at] =
            random.nextBoolean()
                ? structure[random.nextInt(structure.length)]
                : (byte) random.nextInt(256);
      }
      int end = random.nextInt(4) == 0 ? random.nextInt(body.length) : body.length;
      byte[] cut = Arrays.copyOf(body, end);

      assertThat(WebhookPayload.read(cut)).as("round %d", round).isNotNull();
    }
  }

  private static String withLabels(String labels) {
    return ALERT.replace("\"alertname\": \"A\"", labels);
  }

  private static Alert onlyAlert(byte[] body) {
    return valid(body).alerts().getFirst().alert();
  }
}
