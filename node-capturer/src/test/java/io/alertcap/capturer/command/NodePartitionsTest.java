package io.alertcap.capturer.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.capturer.fixture.Requests;
import io.alertcap.schemas.kafka.NodePartition;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodePartitionsTest {

  private static final String TOPIC = "alertcap.commands";

  /** Two numbers of partitions between which the node's partition changes. */
  private static final int FEW = 3;

  private static final int MANY = 8;

  private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
  private final NodePartitions partitions = new NodePartitions(TOPIC, Requests.NODE, consumer);
  private final TopicPartition old = partition(FEW);
  private final TopicPartition current = partition(MANY);

  @BeforeEach
  void layOutTopic() {
    Map<TopicPartition, Long> zeros = new HashMap<>();
    for (int i = 0; i < MANY; i++) {
      zeros.put(new TopicPartition(TOPIC, i), 0L);
    }
    consumer.updateBeginningOffsets(zeros);
    consumer.updateEndOffsets(zeros);
    assertThat(old).isNotEqualTo(current);
  }

  @Test
  void readsTheOnePartitionOfTheNode() {
    partitions.assign(FEW, 0);

    assertThat(consumer.assignment()).containsExactly(old);
  }

  @Test
  void marksItsPartitionEvenIfNothingIsInIt() {
    partitions.assign(FEW, 0);

    assertThat(consumer.committed(java.util.Set.of(old)).get(old))
        .isEqualTo(new OffsetAndMetadata(0));
  }

  @Test
  void afterGrowthTheOldPartitionIsReadToItsEndBeforeTheNewOne() {
    partitions.assign(FEW, 0);
    consumer.updateEndOffsets(Map.of(old, 1L));

    partitions.review(MANY, 1);
    assertThat(consumer.assignment()).containsExactly(old);

    consumer.addRecord(new ConsumerRecord<>(TOPIC, old.partition(), 0, "other", new byte[0]));
    assertThat(consumer.poll(java.time.Duration.ZERO)).hasSize(1);
    partitions.review(MANY, 2);
    assertThat(consumer.assignment()).containsExactlyInAnyOrder(old, current);
  }

  @Test
  void theOldPartitionIsLeftWhenNoProducerCanWriteToItAnyMore() {
    partitions.assign(FEW, 0);
    partitions.review(MANY, 1);
    assertThat(consumer.assignment()).containsExactlyInAnyOrder(old, current);

    partitions.review(MANY, NodePartitions.PRODUCERS_LEARN.toNanos() + 1);

    assertThat(consumer.assignment()).containsExactly(current);
  }

  @Test
  void growthThatHappenedWhileTheCapturerWasDownIsNoticed() {
    new NodePartitions(TOPIC, Requests.NODE, consumer).assign(FEW, 0);
    consumer.updateEndOffsets(Map.of(old, 1L));

    partitions.assign(MANY, 0);

    assertThat(consumer.assignment()).containsExactly(old);
  }

  @Test
  void nothingChangesWhileNothingChanges() {
    partitions.assign(MANY, 0);

    partitions.review(MANY, Long.MAX_VALUE / 2);

    assertThat(consumer.assignment()).containsExactly(current);
  }

  private static TopicPartition partition(int count) {
    return new TopicPartition(TOPIC, NodePartition.of(Requests.NODE, count));
  }
}
