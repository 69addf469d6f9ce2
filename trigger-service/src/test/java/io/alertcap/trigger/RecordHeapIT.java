package io.alertcap.trigger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.schemas.kafka.CloudEvent;
import io.alertcap.testing.KafkaExtension;
import io.alertcap.trigger.web.Http;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Thousands of captures with full reports, in the heap that is shipped. */
@Timeout(240)
class RecordHeapIT {

  /** Of the container: deploy/kubernetes/base/trigger/deployment.yaml. */
  private static final long MEMORY_KIB = 384 << 10;

  private static final int CAPTURES = 9_000;
  private static final int SLEEPERS = 60;

  @RegisterExtension static final KafkaExtension kafka = new KafkaExtension();

  @TempDir Path directory;
  private Path config;
  private ShippedService service;
  private final List<Socket> sleepers = new ArrayList<>();

  @BeforeEach
  void publishesAndStarts() throws IOException {
    config =
        TestConfig.write(
            directory,
            kafka.bootstrapServers(),
            URI.create("http://127.0.0.1:9"),
            "captures",
            "key",
            "secret");
    String topic = TestConfig.read(config).kafka().eventsTopic();
    kafka.createTopic(topic, 4);
    Reports reports = Reports.read();
    Instant begin = Instant.now().minus(Duration.ofHours(12));
    try (Producer<String, byte[]> producer = producer()) {
      for (int i = 0; i < CAPTURES; i++) {
        var request = Requests.request("coredns-latency", "pod-" + i, begin.plusSeconds(i));
        var unused =
            producer.send(CloudEvent.of(topic, reports.completed(request), "/alertcap/test"));
      }
    }
    service = ShippedService.start(config);
  }

  @AfterEach
  void ends() throws Exception {
    for (Socket sleeper : sleepers) {
      sleeper.close();
    }
    service.kill();
  }

  @Test
  void isReadOnWhereItWasKilledAndNobodyReadsItToDeath() throws Exception {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> service.metric("alertcap_captures{status=\"completed\"}") > 1_000);
    service.kill();

    service = ShippedService.start(config);
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> service.http().get("/readyz").status() == 200);

    assertThat(service.metric("alertcap_captures{status=\"completed\"}")).isEqualTo(CAPTURES);
    assertThat(service.metric("alertcap_events_consumed_total{type=\"completed\"}"))
        .as("what was read before the kill is not read again")
        .isLessThanOrEqualTo(CAPTURES - 1_000);
    for (int i = 0; i < SLEEPERS; i++) {
      sleep();
    }
    Http.Response page = service.http().get("/api/v1/captures?limit=500");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.as(Listed.class).captures()).hasSizeBetween(200, 499);
    assertThat(page.as(Listed.class).next()).isNotEmpty();
    assertThat(service.isAlive()).isTrue();
    assertThat(service.mostKib()).isLessThan(MEMORY_KIB);
  }

  private record Capture(String id) {}

  private record Listed(List<Capture> captures, String next) {}

  /** Somebody who asks for much and reads nothing of it. */
  private void sleep() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port()));
    socket
        .getOutputStream()
        .write("GET /api/v1/captures?limit=500 HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(UTF_8));
    sleepers.add(socket);
  }

  private static Producer<String, byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", 20),
        new StringSerializer(),
        new ByteArraySerializer());
  }
}
