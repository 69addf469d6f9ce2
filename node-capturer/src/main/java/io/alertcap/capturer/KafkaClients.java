package io.alertcap.capturer;

import io.alertcap.foundation.kafka.ClientProperties;
import io.alertcap.foundation.kafka.KafkaFailures;
import io.alertcap.foundation.kafka.KafkaSettings;
import io.alertcap.foundation.kafka.TopicState;
import io.alertcap.foundation.kafka.Topics;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Makes the clients of one node. */
final class KafkaClients {

  /** How soon a topic that has grown is noticed. */
  private static final Duration METADATA_AGE = Duration.ofMinutes(1);

  private final KafkaSettings settings;
  private final String clientId;

  KafkaClients(KafkaSettings settings, String node) {
    this.settings = settings;
    this.clientId = "alertcap-capturer-" + node;
  }

  Producer<String, byte[]> producer() {
    return new KafkaProducer<>(
        ClientProperties.producer(settings, clientId),
        new StringSerializer(),
        new ByteArraySerializer());
  }

  /** Its group is the node's own, and only holds offsets. */
  Consumer<String, byte[]> consumer() {
    Properties properties = ClientProperties.consumer(settings, clientId, clientId);
    properties.setProperty(
        ConsumerConfig.METADATA_MAX_AGE_CONFIG, Long.toString(METADATA_AGE.toMillis()));
    return new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
  }

  /** Whether commands may be read; blocks for seconds. */
  TopicState commands() {
    return check(settings.commandsTopic(), AclOperation.READ);
  }

  /** Whether events may be written; blocks for seconds. */
  TopicState events() {
    return check(settings.eventsTopic(), AclOperation.WRITE);
  }

  /** Whether it may be said that this node is there; blocks for seconds. */
  TopicState nodes() {
    return check(settings.nodesTopic(), AclOperation.WRITE);
  }

  private TopicState check(String topic, AclOperation needed) {
    try (Admin admin = Admin.create(ClientProperties.admin(settings, clientId))) {
      return new Topics(settings, admin).check(topic, needed);
    } catch (KafkaException e) {
      return new TopicState.NotReady(KafkaFailures.unmakeable(e));
    }
  }
}
