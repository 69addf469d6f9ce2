package io.alertcap.trigger.web;

import static io.alertcap.trigger.Events.requested;
import static io.alertcap.trigger.Requests.request;
import static io.alertcap.trigger.alertmanager.Payloads.ALERT;
import static io.alertcap.trigger.alertmanager.Payloads.recorded;
import static io.alertcap.trigger.alertmanager.Payloads.withAlerts;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Requests that somebody made to do harm, over HTTP. */
class HostileRequestTest extends ApiFixture {

  private static final String MATCHED = "\"alertname\": \"CoreDNSLatencyHigh\"";

  private static final int FUZZED_BODIES = 1500;

  @Test
  void refusesAHundredThousandAlertsUnread() throws Exception {
    Http.Response response =
        http.postAlerts(withAlerts(String.join(",", Collections.nCopies(100_000, ALERT))));

    assertThat(response.status()).isEqualTo(413);
    assertThat(response.as(Problem.class).detail()).contains("http.maxBody");
  }

  @Test
  void decidesAboutAsManyAlertsAsABodyHolds() throws Exception {
    int many = (4 << 20) / (ALERT.length() + 1) - 10;
    byte[] body = withAlerts(String.join(",", Collections.nCopies(many, ALERT)));

    assertThat(http.postAlerts(body).status()).isEqualTo(200);
    assertThat(metric("alertcap_alerts_total{decision=\"no-rule\"}")).isEqualTo(many + ".0");
  }

  @Test
  void takesTenThousandLabelsAndAMegabyteOfOne() throws Exception {
    String labels =
        IntStream.range(0, 10_000).mapToObj(i -> "\"l" + i + "\": \"v\"").collect(joining(","));

    assertThat(http.postAlerts(alert(MATCHED + "," + labels)).status()).isEqualTo(200);
    assertThat(
            http.postAlerts(alert(MATCHED + ",\"pod\": \"" + "x".repeat(1 << 20) + "\"")).status())
        .isEqualTo(200);
  }

  @Test
  void makesNoPathOfWhatALabelSays() throws Exception {
    for (String name :
        List.of("../../etc/passwd", "a/b", "\\u0000", "\\u001b[31m", "a\\r\\nX: y")) {
      Http.Response response =
          http.postAlerts(
              alert(MATCHED + ",\"namespace\": \"kube-system\", \"pod\": \"" + name + "\""));

      assertThat(response.status()).as(name).isEqualTo(200);
      assertThat(response.body()).contains("\"reason\":\"no-target\"");
    }
    assertThat(kafka.history()).isEmpty();
  }

  @Test
  void refusesWhatIsNestedWithoutEnd() throws Exception {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);

    assertThat(http.postAlerts(("{\"unknown\": " + deep + "}").getBytes(UTF_8)).status())
        .isEqualTo(400);
    assertThat(http.postAlerts(deep.getBytes(UTF_8)).status()).isEqualTo(400);
  }

  @Test
  void takesNoCursorButItsOwn() throws Exception {
    records.add(requested(request("coredns-latency", "a", CLOCK.instant())));
    records.add(requested(request("coredns-latency", "b", CLOCK.instant())));
    String cursor =
        Json.mapper()
            .readTree(http.get("/api/v1/captures?limit=1").body())
            .get("next")
            .stringValue();

    assertThat(http.get("/api/v1/captures?cursor=" + cursor).status()).isEqualTo(200);
    for (int i = 0; i < cursor.length() - 1; i++) {
      char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
      String tampered = cursor.substring(0, i) + other + cursor.substring(i + 1);
      assertThat(http.get("/api/v1/captures?cursor=" + tampered).status())
          .as(tampered)
          .isEqualTo(400);
    }
  }

  @Test
  void takesNoIdButThatOfACapture() throws Exception {
    CaptureId id = request("coredns-latency", "a", CLOCK.instant()).id();
    records.add(requested(request("coredns-latency", "a", CLOCK.instant())));
    String last = id.value().substring(0, id.value().length() - 1);

    for (String tampered :
        List.of(
            last,
            last + "!",
            id + "%2f..",
            "..%2f" + id,
            id + "%00",
            id.value().toUpperCase(Locale.ROOT))) {
      assertThat(http.get("/api/v1/captures/" + tampered).status()).as(tampered).isEqualTo(404);
    }
    assertThat(http.get("/api/v1/captures/" + id + "/../../../../etc/passwd").status())
        .isEqualTo(404);
  }

  /** Another seed each time; to repeat one, {@code -Dalertcap.fuzz.seed=}. */
  @Test
  void endsInSuccessRefusalOr503WhateverIsDoneToABody(TestReporter reporter) throws Exception {
    long seed = Long.getLong("alertcap.fuzz.seed", System.nanoTime());
    reporter.publishEntry("alertcap.fuzz.seed", Long.toString(seed));
    Random random = new Random(seed);
    List<byte[]> fixtures =
        List.of(
            recorded("single-firing.json"),
            recorded("mixed-resolved.json"),
            recorded("truncated-group.json"));

    for (int round = 0; round < FUZZED_BODIES; round++) {
      byte[] fixture = fixtures.get(random.nextInt(fixtures.size()));
      byte[] body =
          random.nextBoolean() ? bytesChanged(fixture, random) : valueChanged(fixture, random);

      int status = http.postAlerts(body).status();

      assertThat(status / 100 == 2 || status / 100 == 4 || status == 503)
          .as("seed %d, round %d: %d for %s", seed, round, status, new String(body, UTF_8))
          .isTrue();
    }
  }

  private static byte[] bytesChanged(byte[] fixture, Random random) {
    byte[] body = fixture.clone();
    for (int change = random.nextInt(6); change >= 0; change--) {
      body[random.nextInt(body.length)] = (byte) random.nextInt(256);
    }
    int end = random.nextInt(4) == 0 ? random.nextInt(body.length) : body.length;
    return Arrays.copyOf(body, end);
  }

  /** Stays JSON: one value, wherever it is, is another one. */
  private static byte[] valueChanged(byte[] fixture, Random random) {
    JsonNode tree = Json.mapper().readTree(fixture);
    List<JsonNode> containers = new ArrayList<>();
    collect(tree, containers);
    JsonNode other = Json.mapper().readTree(hostileValue(random));
    switch (containers.get(random.nextInt(containers.size()))) {
      case ObjectNode object when !object.isEmpty() ->
          object.set(
              object.propertyNames().stream()
                  .skip(random.nextInt(object.size()))
                  .findFirst()
                  .orElseThrow(),
              other);
      case ArrayNode array when !array.isEmpty() -> array.set(random.nextInt(array.size()), other);
      default -> {}
    }
    return Json.write(tree);
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainer()) {
      containers.add(node);
      node.valueStream().forEach(child -> collect(child, containers));
    }
  }

  private static String hostileValue(Random random) {
    List<String> values =
        List.of(
            "null",
            "true",
            "-1",
            "1e400",
            "99999999999999999999999",
            "[]",
            "{}",
            "[null]",
            "{\"\": null}",
            "\"\"",
            "\"../../x\"",
            "\"\\u0000\\u001b\\ud83d\"",
            "\"0001-01-01T00:00:00Z\"",
            "\"+999999999-12-31T23:59:59Z\"",
            "\"" + "x".repeat(10_000) + "\"",
            "[".repeat(20) + "]".repeat(20));
    return values.get(random.nextInt(values.size()));
  }

  private static byte[] alert(String labels) {
    return withAlerts(ALERT.replace("\"alertname\": \"A\"", labels));
  }
}
