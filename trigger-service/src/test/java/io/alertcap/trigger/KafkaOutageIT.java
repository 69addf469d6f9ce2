package io.alertcap.trigger;

import static io.alertcap.trigger.alertmanager.Payloads.recorded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.embedded.EmbeddedBroker;
import io.alertcap.trigger.web.Http;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker that goes away and comes back, and one that is not there at the start. */
@Timeout(120)
class KafkaOutageIT {

  private static final Duration WEBHOOK_LIMIT = Duration.ofSeconds(5);

  @TempDir Path data;
  @TempDir Path directory;

  @Test
  void answers503InTimeAndTakesTheSameAlertOnceWhenKafkaIsBack() throws Exception {
    EmbeddedBroker first = EmbeddedBroker.start(data, 0);
    int port = first.port();
    TriggerConfig config = config(port);
    try (TriggerService service = TriggerService.start(config);
        Http http = new Http(service.uri())) {
      assertThat(http.get("/readyz").status()).isEqualTo(200);
      first.close();

      assertThat(timed(http)).isEqualTo(503);
      awaitReady(http, "commands\":\"ready, but", "events\":\"ready, but");
      assertThat(http.postAlerts(recorded("single-firing.json")).header("Retry-After"))
          .isNotEmpty();
      assertThat(http.get("/api/v1/captures").status()).isEqualTo(200);
      assertThat(http.get("/livez").status()).isEqualTo(200);

      try (EmbeddedBroker second = EmbeddedBroker.start(data, port)) {
        await().atMost(Duration.ofSeconds(30)).until(() -> post(http) == 202);
        assertThat(post(http)).isEqualTo(200);
        assertThat(new Topic(second.bootstrapServers(), config.kafka().eventsTopic()).read())
            .hasSize(1);
        awaitReady(http, "commands\":\"ready\"", "events\":\"ready\"");
      }
    } finally {
      first.close();
    }
  }

  @Test
  void answersManyWebhooksInTimeWhileKafkaIsDown() throws Exception {
    EmbeddedBroker broker = EmbeddedBroker.start(data, 0);
    try (TriggerService service = TriggerService.start(config(broker.port()));
        Http http = new Http(service.uri())) {
      broker.close();
      List<Callable<Integer>> posts = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        posts.add(() -> timed(http));
      }
      try (ExecutorService threads = Executors.newFixedThreadPool(posts.size())) {
        assertThat(threads.invokeAll(posts)).extracting(Future::resultNow).containsOnly(503);
      }
    } finally {
      broker.close();
    }
  }

  @Test
  void startsWithoutKafkaAndCatchesUpWhenItComes() throws Exception {
    int port = freePort();
    TriggerConfig config = config(port);
    try (TriggerService service = TriggerService.start(config);
        Http http = new Http(service.uri())) {
      assertThat(http.get("/readyz").status()).isEqualTo(503);
      assertThat(timed(http)).isEqualTo(503);

      try (EmbeddedBroker broker = EmbeddedBroker.start(data, port)) {
        await().atMost(Duration.ofSeconds(30)).until(() -> post(http) == 202);
        assertThat(new Topic(broker.bootstrapServers(), config.kafka().commandsTopic()).read())
            .hasSize(1);
      }
    }
  }

  /** It stays in its Service, where a caller is told when to come again, and the past is read. */
  private static void awaitReady(Http http, String... words) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> {
          var ready = http.get("/readyz");
          assertThat(ready.status()).as(ready.body()).isEqualTo(200);
          assertThat(ready.body()).contains(words);
        });
  }

  private static int timed(Http http) throws Exception {
    long before = System.nanoTime();
    int status = post(http);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(WEBHOOK_LIMIT);
    return status;
  }

  private static int post(Http http) throws Exception {
    return http.postAlerts(recorded("single-firing.json")).status();
  }

  private TriggerConfig config(int port) throws Exception {
    return TestConfig.read(
        TestConfig.write(
            directory,
            "127.0.0.1:" + port,
            URI.create("http://127.0.0.1:9"),
            "captures",
            "key",
            "secret"));
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
