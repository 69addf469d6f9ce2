package io.alertcap.trigger;

import io.alertcap.schemas.json.Json;
import io.alertcap.schemas.json.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What lies on a topic, read and written by clients of Kafka's own. */
record Topic(String bootstrapServers, String name) {

  /** Everything that is there now. */
  List<ConsumerRecord<String, byte[]>> read() {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    List<ConsumerRecord<String, byte[]>> all = new ArrayList<>();
    try (Consumer<String, byte[]> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(name).stream()
              .map(p -> new TopicPartition(name, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long size = consumer.endOffsets(partitions).values().stream().mapToLong(o -> o).sum();
      while (all.size() < size) {
        consumer.poll(Duration.ofMillis(100)).forEach(all::add);
      }
    }
    return all;
  }

  /** Everything that is there now, as what it says. */
  <T> List<T> read(Class<T> type) {
    return read().stream().map(message -> value(message, type)).toList();
  }

  static <T> T value(ConsumerRecord<String, byte[]> message, Class<T> type) {
    return switch (Json.read(message.value(), type)) {
      case Reading.Valid<T>(T value) -> value;
      case Reading.Invalid<T> invalid -> throw new AssertionError(invalid.sentence());
    };
  }

  /** Writes, and waits until it is there. */
  void write(ProducerRecord<String, byte[]> message) throws Exception {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    try (Producer<String, byte[]> producer =
        new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer())) {
      var unused = producer.send(message).get();
    }
  }
}
