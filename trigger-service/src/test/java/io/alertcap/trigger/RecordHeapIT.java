package io.alertcap.trigger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.schemas.kafka.CloudEvent;
import io.alertcap.testing.KafkaExtension;
import io.alertcap.trigger.web.Http;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  private static final List<String> SHIPPED =
      List.of(
          "-Xmx192m",
          "-XX:+UseSerialGC",
          "-XX:+ExitOnOutOfMemoryError",
          "--enable-native-access=ALL-UNNAMED");

  /** Of the container: deploy/kubernetes/base/trigger/deployment.yaml. */
  private static final long MEMORY_KIB = 384 << 10;

  private static final int CAPTURES = 9_000;
  private static final int SLEEPERS = 60;

  @RegisterExtension static final KafkaExtension kafka = new KafkaExtension();

  @TempDir Path directory;
  private Path config;
  private Process process;
  private Http http;
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
    start();
  }

  @AfterEach
  void ends() throws Exception {
    for (Socket sleeper : sleepers) {
      sleeper.close();
    }
    http.close();
    process.destroyForcibly().waitFor();
  }

  @Test
  void isReadOnWhereItWasKilledAndNobodyReadsItToDeath() throws Exception {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> metric("alertcap_captures{status=\"completed\"}") > 1_000);
    process.destroyForcibly().waitFor();
    http.close();

    start();
    await().atMost(Duration.ofMinutes(2)).until(() -> http.get("/readyz").status() == 200);

    assertThat(metric("alertcap_captures{status=\"completed\"}")).isEqualTo(CAPTURES);
    assertThat(metric("alertcap_events_consumed_total{type=\"completed\"}"))
        .as("what was read before the kill is not read again")
        .isLessThanOrEqualTo(CAPTURES - 1_000);
    for (int i = 0; i < SLEEPERS; i++) {
      sleep();
    }
    Http.Response page = http.get("/api/v1/captures?limit=500");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.as(Listed.class).captures()).hasSizeBetween(200, 499);
    assertThat(page.as(Listed.class).next()).isNotEmpty();
    assertThat(process.isAlive()).isTrue();
    assertThat(mostKib()).isLessThan(MEMORY_KIB);
  }

  private record Capture(String id) {}

  private record Listed(List<Capture> captures, String next) {}

  /** Somebody who asks for much and reads nothing of it. */
  private void sleep() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), uri.getPort()));
    socket
        .getOutputStream()
        .write("GET /api/v1/captures?limit=500 HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(UTF_8));
    sleepers.add(socket);
  }

  private URI uri = URI.create("http://127.0.0.1:9");

  private void start() throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(SHIPPED);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "--config",
            config.toString()));
    process = new ProcessBuilder(command).redirectError(directory.resolve("err").toFile()).start();
    BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    String line = Objects.requireNonNull(out.readLine());
    uri = URI.create(line.replaceFirst(".*(http://[0-9.:]+).*", "$1"));
    http = new Http(uri);
    Thread.ofVirtual().start(() -> out.lines().forEach(said -> {}));
  }

  private double metric(String name) throws IOException, InterruptedException {
    return http.get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private long mostKib() throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  private static Producer<String, byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", 20),
        new StringSerializer(),
        new ByteArraySerializer());
  }
}
