package io.alertcap.trigger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.testing.KafkaExtension;
import io.alertcap.trigger.alertmanager.Payloads;
import io.alertcap.trigger.web.Http;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Notifications of every size and shape, in the heap that is shipped. */
@Timeout(180)
class WebhookHeapIT {

  @RegisterExtension static final KafkaExtension kafka = new KafkaExtension();

  @TempDir Path directory;
  private ShippedService service;
  private Http http;

  @BeforeEach
  void startTheProgram() throws IOException {
    Path config =
        TestConfig.write(
            directory,
            kafka.bootstrapServers(),
            URI.create("http://127.0.0.1:9"),
            "captures",
            "key",
            "secret");
    service = ShippedService.start(config);
    http = service.http();
  }

  @AfterEach
  void endTheProgram() throws Exception {
    service.kill();
  }

  @Test
  void takesAGroupOfThousandsOfAlerts() throws Exception {
    byte[] body = notification(3_400, 1_000);
    assertThat(body).hasSizeGreaterThan(4 << 20);

    assertThat(http.postAlerts(body).status()).isEqualTo(200);
    assertThat(metrics()).contains("alertcap_alerts_total{decision=\"no-target\"} 3400.0");
  }

  @Test
  void takesManyLargeGroupsAtOnceOneAfterAnother() throws Exception {
    byte[] body = notification(7_198, 100);

    try (ExecutorService senders = Executors.newFixedThreadPool(8)) {
      List<CompletableFuture<Void>> all =
          IntStream.range(0, 8)
              .mapToObj(i -> CompletableFuture.runAsync(() -> sendUntilTaken(body), senders))
              .toList();
      all.forEach(CompletableFuture::join);
    }
    assertThat(service.isAlive()).isTrue();
    assertThat(metrics())
        .contains("alertcap_alerts_total{decision=\"no-target\"} " + 8 * 7_198 + ".0");
  }

  @Test
  void keepsAHundredAndTwentyEightOfHundredsOfThousandsOfLabels() throws Exception {
    String labels =
        IntStream.range(0, 387_000).mapToObj(i -> "\"%x\":\"\"".formatted(i)).collect(joining(","));
    byte[] body = Payloads.withAlerts(alert(0, labels));
    assertThat(body).hasSizeGreaterThan(4_000_000);

    try (ExecutorService senders = Executors.newFixedThreadPool(4)) {
      List<CompletableFuture<Void>> all =
          IntStream.range(0, 4)
              .mapToObj(i -> CompletableFuture.runAsync(() -> sendUntilTaken(body), senders))
              .toList();
      all.forEach(CompletableFuture::join);
    }
    assertThat(service.isAlive()).isTrue();
  }

  @Test
  void saysWhatItRefusesForGood() throws Exception {
    byte[] manyTiny = notification(60_000, 1);

    assertThat(http.postAlerts(manyTiny).status()).isEqualTo(413);
    assertThat(http.postAlerts("{".getBytes(UTF_8)).status()).isEqualTo(400);

    assertThat(metrics())
        .contains("alertcap_notifications_refused_total{status=\"413\"} 1.0")
        .contains("alertcap_notifications_refused_total{status=\"400\"} 1.0");
    assertThat(http.postAlerts(notification(10, 100)).status()).isEqualTo(200);
  }

  /** As Alertmanager does, which repeats after a 503. */
  private void sendUntilTaken(byte[] body) {
    await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> {
          int status = http.postAlerts(body).status();
          assertThat(status).isIn(200, 202, 503);
          return status != 503;
        });
  }

  private String metrics() throws Exception {
    return http.get("/metrics").body();
  }

  private static byte[] notification(int alerts, int annotation) {
    String text = "x".repeat(annotation);
    return Payloads.withAlerts(
        IntStream.range(0, alerts)
            .mapToObj(i ->
                alert(i, "\"namespace\":\"shop\",\"severity\":\"critical\",\"job\":\"kubelet\"")
                    .replace(
                        "\"annotations\":{", "\"annotations\":{\"description\":\"" + text + "\""))
            .collect(joining(",")));
  }

  private static String alert(int i, String labels) {
    return """
    {"status":"firing","labels":{"alertname":"CoreDNSLatencyHigh","pod":"shop-%d",%s},"annotations":{},
    "startsAt":"2026-11-22T22:33:35Z","endsAt":"0001-01-01T00:00:00Z","generatorURL":"","fingerprint":"%016x"}\
    """
        .formatted(i, labels, i);
  }
}
