package io.alertcap.trigger.record;

import io.alertcap.foundation.kafka.TopicState;
import io.alertcap.schemas.json.EventMessage;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * Where events are read from.
 *
 * @param consumer without a group; from now on it belongs to the follower, which closes it
 * @param topic of the events
 * @param topics asks Kafka how many partitions there are; may block for seconds
 */
public record EventSource(
    Consumer<String, EventMessage> consumer, String topic, Supplier<TopicState> topics) {}
