package io.alertcap.standalone.bench;

import io.alertcap.embedded.CannotStartException;
import io.alertcap.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A broker for one measure, and plain clients of it. */
final class BenchKafka implements AutoCloseable {

  static final String COMMANDS = "alertcap.commands";
  static final String EVENTS = "alertcap.events";

  private static final Duration POLL = Duration.ofMillis(200);

  private final EmbeddedBroker broker;

  private BenchKafka(EmbeddedBroker broker) {
    this.broker = broker;
  }

  static BenchKafka start(Path directory) throws BenchFailed {
    try {
      return new BenchKafka(EmbeddedBroker.start(directory, 0));
    } catch (CannotStartException e) {
      throw new BenchFailed("The broker does not start: " + e.getMessage(), e);
    }
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  void createTopic(String name, int partitions) throws BenchFailed, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      var unused =
          admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
    } catch (ExecutionException e) {
      throw new BenchFailed("The topic " + name + " is not created: " + e.getMessage(), e);
    }
  }

  /**
   * A producer with {@code acks=all}, and one request at a time: right after a topic is made, some
   * of its partitions take no first batch yet, and a second one on its way would be out of order.
   *
   * @param lingerMillis how long it waits for company before it sends
   */
  Producer<String, byte[]> producer(int lingerMillis) {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            bootstrapServers(),
            "acks",
            "all",
            "linger.ms",
            lingerMillis,
            "max.in.flight.requests.per.connection",
            1),
        new StringSerializer(),
        new ByteArraySerializer());
  }

  /** Reads a topic from its beginning to where it ends now. */
  void read(String topic, Consumer<ConsumerRecord<String, byte[]>> sink) {
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers(), "enable.auto.commit", false),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long left = consumer.endOffsets(partitions).values().stream().mapToLong(end -> end).sum();
      while (left > 0) {
        var records = consumer.poll(POLL);
        records.forEach(sink);
        left -= records.count();
      }
    }
  }

  @Override
  public void close() {
    broker.close();
  }
}
