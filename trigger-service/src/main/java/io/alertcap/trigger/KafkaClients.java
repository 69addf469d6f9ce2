package io.alertcap.trigger;

import io.alertcap.foundation.kafka.ClientProperties;
import io.alertcap.foundation.kafka.KafkaSettings;
import io.alertcap.foundation.kafka.Topics;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.json.Reading;
import io.alertcap.schemas.kafka.ReadingDeserializer;
import io.alertcap.trigger.record.EventSource;
import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Opens the Kafka clients of the service, to be closed with everything else. */
record KafkaClients(KafkaSettings settings, Resources resources) {

  private static final String CLIENT_ID = "alertcap-trigger";

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

  /** The consumer is the follower's to close. */
  EventSource events() {
    Admin admin = Admin.create(ClientProperties.admin(settings, CLIENT_ID));
    resources.add(() -> admin.close(CLOSE_PATIENCE));
    Topics topics = new Topics(settings, admin);
    Consumer<String, Reading<CaptureEvent>> consumer =
        new KafkaConsumer<>(
            ClientProperties.consumer(settings, CLIENT_ID),
            new StringDeserializer(),
            ReadingDeserializer.events());
    return new EventSource(consumer, settings.eventsTopic(), topics::check);
  }
}
