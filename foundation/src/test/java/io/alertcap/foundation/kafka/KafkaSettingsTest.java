package io.alertcap.foundation.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.foundation.config.HostPort;
import io.alertcap.foundation.config.InvalidConfiguration;
import io.alertcap.foundation.config.Secret;
import io.alertcap.foundation.kafka.KafkaSettings.TopicCreation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaSettingsTest {

  private static final StringSerializer TEXT = new StringSerializer();

  private static KafkaSettings settings(String yaml) {
    return ConfigurationSource.text("config.yaml", yaml)
        .read(root -> KafkaSettings.from(root.section("kafka")))
        .settings();
  }

  private static List<String> problems(String yaml) {
    return catchThrowableOfType(InvalidConfiguration.class, () -> settings(yaml)).problems();
  }

  @Test
  void needsNoMoreThanServers() {
    assertThat(settings("kafka: { bootstrapServers: 'a:9092,b:9093' }"))
        .isEqualTo(
            new KafkaSettings(
                List.of(new HostPort("a", 9092), new HostPort("b", 9093)),
                "alertcap.commands",
                "alertcap.events",
                "alertcap.nodes",
                Optional.empty(),
                Map.of()));
  }

  @Test
  void createsTopicsOnlyWhenTold() {
    String yaml = "kafka: { bootstrapServers: 'a:1', createTopics: true, partitions: 3";

    assertThat(settings(yaml + "}").topicCreation())
        .contains(new TopicCreation(3, Optional.empty()));
    assertThat(settings(yaml + ", replicationFactor: 2}").topicCreation())
        .contains(new TopicCreation(3, Optional.of(2)));
  }

  @Test
  void namesEveryError() {
    assertThat(
            problems(
                """
                kafka:
                  commandsTopic: a topic
                  partitions: 0
                  properties:
                    acks: 0
                    sasl.mechanism: PLAIN
                    enable.idempotence: false
                """))
        .containsExactly(
            "config.yaml:1: kafka.bootstrapServers: is missing",
            "config.yaml:2: kafka.commandsTopic: must be the name of a topic: letters, digits, '.',"
                + " '_' and '-'",
            "config.yaml:3: kafka.partitions: must be between 1 and 10000, and is 0",
            "config.yaml:4: kafka.properties: must leave alone what alertcap sets itself: acks,"
                + " enable.idempotence");
    assertThat(problems("kafka: { bootstrapServers: 'a:1', commandsTopic: x, eventsTopic: x }"))
        .containsExactly("config.yaml:1: kafka: commandsTopic and eventsTopic must differ");
  }

  @Test
  void passesOnWhatClientsNeedAndShowsNoneOfIt(@TempDir Path directory) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("client.properties"),
            "sasl.jaas.config=login required password=\"hunter2\";\nsasl.mechanism=SCRAM-SHA-512\n");
    KafkaSettings settings =
        settings(
            """
            kafka:
              bootstrapServers: a:1
              propertiesFile: %s
              properties: { sasl.mechanism: PLAIN, ssl.keystore.password: hunter3 }
            """
                .formatted(file));

    assertThat(settings.properties())
        .containsOnlyKeys("sasl.jaas.config", "sasl.mechanism", "ssl.keystore.password")
        .containsEntry("sasl.mechanism", new Secret("PLAIN"));
    assertThat(settings.toString()).doesNotContain("hunter");
    assertThat(ClientProperties.consumer(settings, "capturer", "node-7"))
        .containsEntry("sasl.jaas.config", "login required password=\"hunter2\";")
        .containsEntry("ssl.keystore.password", "hunter3")
        .containsEntry("group.id", "node-7")
        .containsEntry("client.id", "capturer");
  }

  @Test
  void everyPropertyIsOneThatTheClientKnows() {
    KafkaSettings settings = settings("kafka: { bootstrapServers: 'a:1' }");

    assertThat(ProducerConfig.configNames())
        .containsAll(ClientProperties.producer(settings, "c").stringPropertyNames());
    assertThat(ConsumerConfig.configNames())
        .containsAll(ClientProperties.consumer(settings, "c", "g").stringPropertyNames());
    assertThat(AdminClientConfig.configNames())
        .containsAll(ClientProperties.admin(settings, "c").stringPropertyNames());
  }

  @Test
  void aProducerGivesUpInTimeForTheWebhook() {
    Properties properties =
        ClientProperties.producer(settings("kafka: { bootstrapServers: '127.0.0.1:1' }"), "test");
    try (KafkaProducer<String, String> producer = new KafkaProducer<>(properties, TEXT, TEXT)) {
      long begun = System.nanoTime();

      Exception failure =
          catchThrowableOfType(
              ExecutionException.class,
              () -> producer.send(new ProducerRecord<>("alertcap.commands", "k", "v")).get());

      assertThat(failure).hasCauseInstanceOf(TimeoutException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }
  }
}
