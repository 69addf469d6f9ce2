package io.alertcap.trigger;

import io.alertcap.foundation.health.Health;
import io.alertcap.foundation.kafka.ClientProperties;
import io.alertcap.foundation.kafka.KafkaSettings;
import io.alertcap.foundation.kafka.TopicState;
import io.alertcap.foundation.kafka.Topics;
import io.alertcap.schemas.json.EventMessage;
import io.alertcap.schemas.kafka.EventDeserializer;
import io.alertcap.schemas.kafka.ReadingDeserializer;
import io.alertcap.trigger.node.NodeFollower;
import io.alertcap.trigger.node.Nodes;
import io.alertcap.trigger.record.EventSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Opens the Kafka clients of the service, to be closed with everything else. */
record KafkaClients(KafkaSettings settings, Resources resources) {

  private static final String CLIENT_ID = "alertcap-trigger";

  /** Written to disk together; the largest have 100 KiB of JSON, and in memory three times that. */
  private static final String EVENTS_AT_ONCE = "100";

  /** From one broker, while the events before are taken in. */
  private static final String FETCHED_BYTES = Integer.toString(4 << 20);

  /** What is buffered by then belongs to webhooks that were answered 503 long ago. */
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);

  Producer<String, byte[]> producer() {
    Producer<String, byte[]> producer =
        new KafkaProducer<>(
            ClientProperties.producer(settings, CLIENT_ID),
            new StringSerializer(),
            new ByteArraySerializer());
    resources.add(() -> producer.close(CLOSE_PATIENCE));
    return producer;
  }

  Topics topics() {
    Admin admin = Admin.create(ClientProperties.admin(settings, CLIENT_ID));
    resources.add(() -> admin.close(CLOSE_PATIENCE));
    return new Topics(settings, admin);
  }

  /** Why captures cannot be commanded, if they cannot; blocks for seconds. */
  Optional<String> obstacle(Topics topics) {
    for (String topic : List.of(settings.commandsTopic(), settings.eventsTopic())) {
      if (topics.check(topic, AclOperation.WRITE) instanceof TopicState.NotReady(String reason)) {
        return Optional.of(reason);
      }
    }
    return Optional.empty();
  }

  /** Follows what nodes say of themselves. */
  Nodes nodes(Topics topics, Health health) {
    Nodes nodes = new Nodes();
    resources.add(
        NodeFollower.start(
            settings.nodesTopic(),
            new KafkaConsumer<>(
                ClientProperties.consumer(settings, CLIENT_ID + "-nodes"),
                new StringDeserializer(),
                ReadingDeserializer.nodes()),
            () -> topics.check(settings.nodesTopic(), AclOperation.READ),
            nodes,
            health));
    return nodes;
  }

  /** The consumer is the follower's to close. */
  EventSource events(Topics topics) {
    Properties properties = ClientProperties.consumer(settings, CLIENT_ID);
    properties.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, EVENTS_AT_ONCE);
    properties.putIfAbsent(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCHED_BYTES);
    Consumer<String, EventMessage> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new EventDeserializer());
    return new EventSource(
        consumer,
        settings.eventsTopic(),
        () -> topics.check(settings.eventsTopic(), AclOperation.READ));
  }
}
