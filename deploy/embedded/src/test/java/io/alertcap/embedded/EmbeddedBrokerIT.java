package io.alertcap.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedBrokerIT {
  private static final String TOPIC = "captures";

  @TempDir Path data;

  @Test
  void keepsAcknowledgedRecordsOverARestartAndStopsInLessThanFiveSeconds() throws Exception {
    EmbeddedBroker stopped = EmbeddedBroker.start(data, 0);
    createTopic(stopped);
    produce(stopped, "first", "second");
    long before = System.nanoTime();
    stopped.close();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));

    try (EmbeddedBroker broker = EmbeddedBroker.start(data, 0)) {
      produce(broker, "third");
      assertThat(consume(broker, 3)).containsExactly("first", "second", "third");
    }
  }

  @Test
  void keepsAcknowledgedRecordsWhenItsProcessIsKilled() throws Exception {
    Process killed = startInAnotherProcess();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(killed.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(output.readLine()).isEqualTo("acknowledged");
    } finally {
      killed.destroyForcibly();
      assertThat(killed.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    try (EmbeddedBroker broker = EmbeddedBroker.start(data, 0)) {
      assertThat(consume(broker, 2)).containsExactly("before", "the kill");
    }
  }

  @Test
  void listensOnTheLoopbackInterfaceOnly() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(data, 0)) {
      for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        for (InetAddress address : Collections.list(each.getInetAddresses())) {
          if (!address.isLoopbackAddress()) {
            assertThatThrownBy(() -> new Socket(address, broker.port()).close())
                .as("%s", address)
                .isInstanceOf(IOException.class);
          }
        }
      }
    }
  }

  @Test
  void createsNoTopicThatIsMerelyNamed() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(data, 0)) {
      assertThatThrownBy(() -> produce(broker, Duration.ofSeconds(3), "to nowhere"))
          .hasCauseInstanceOf(TimeoutException.class);

      try (Admin admin = admin(broker)) {
        assertThat(admin.listTopics().names().get()).isEmpty();
      }
    }
  }

  @Test
  void namesATakenPortAndItsSetting() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> EmbeddedBroker.start(data, taken.getLocalPort()))
          .isInstanceOf(CannotStartException.class)
          .hasMessageContaining("port " + taken.getLocalPort())
          .hasMessageContaining("standalone.kafkaPort");
    }
  }

  @Test
  void refusesADirectoryThatAnotherBrokerUses() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(data, 0)) {
      assertThatThrownBy(() -> EmbeddedBroker.start(data, 0))
          .isInstanceOf(CannotStartException.class)
          .hasMessageContaining(data.toString());

      createTopic(broker);
      produce(broker, "undisturbed");
      assertThat(consume(broker, 1)).containsExactly("undisturbed");
    }
  }

  private Process startInAnotherProcess() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            ProducesAndWaits.class.getName(),
            data.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** The process that is killed. */
  static final class ProducesAndWaits {
    public static void main(String[] args) throws Exception {
      EmbeddedBroker broker = EmbeddedBroker.start(Path.of(args[0]), 0);
      createTopic(broker);
      produce(broker, "before", "the kill");
      System.out.println("acknowledged");
      Thread.currentThread().join();
    }
  }

  private static Admin admin(EmbeddedBroker broker) {
    return Admin.create(
        Map.<String, Object>of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
  }

  private static void createTopic(EmbeddedBroker broker) throws Exception {
    try (Admin admin = admin(broker)) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
  }

  private static void produce(EmbeddedBroker broker, String... values) throws Exception {
    produce(broker, Duration.ofSeconds(30), values);
  }

  private static void produce(EmbeddedBroker broker, Duration maxBlock, String... values)
      throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers(),
                ProducerConfig.MAX_BLOCK_MS_CONFIG, maxBlock.toMillis(),
                ProducerConfig.ACKS_CONFIG, "all"),
            new StringSerializer(),
            new StringSerializer())) {
      for (String value : values) {
        producer.send(new ProducerRecord<>(TOPIC, "key", value)).get();
      }
    }
  }

  private static List<String> consume(EmbeddedBroker broker, int count) {
    List<String> values = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.assign(List.of(new TopicPartition(TOPIC, 0)));
      consumer.seekToBeginning(consumer.assignment());
      while (values.size() < count) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
      }
    }
    return values;
  }
}
