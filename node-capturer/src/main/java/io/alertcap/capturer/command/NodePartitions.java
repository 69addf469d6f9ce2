package io.alertcap.capturer.command;

import io.alertcap.schemas.kafka.NodePartition;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which partitions of the command topic hold this node's commands. As a rule one, by the node's
 * name. When the topic grows, that one may be another, and then commands lie in both: the old one
 * is read to its end as it was when the growth was noticed, so that a stop does not overtake its
 * start; then both are read, until no producer can still believe in the old number of partitions.
 *
 * <p>An old one is known by the offset that this node's group has committed in it. That holds over
 * restarts, too: commands that were written before the growth, while this capturer was down, are
 * found. Not thread-safe: belongs to the consumer's thread.
 */
final class NodePartitions {

  private static final Logger log = LoggerFactory.getLogger(NodePartitions.class);

  /** Twice the default of a producer's {@code metadata.max.age.ms}. */
  static final Duration PRODUCERS_LEARN = Duration.ofMinutes(10);

  private final String topic;
  private final String node;
  private final Consumer<String, byte[]> consumer;
  private int count;
  private final Map<TopicPartition, Long> toDrain = new HashMap<>();
  private long retireAt = Long.MAX_VALUE;

  NodePartitions(String topic, String node, Consumer<String, byte[]> consumer) {
    this.topic = topic;
    this.node = node;
    this.consumer = consumer;
  }

  /** Begins to read. */
  void assign(int partitions, long nanoTime) {
    count = partitions;
    TopicPartition current = current();
    Set<TopicPartition> all = new HashSet<>();
    IntStream.range(0, partitions).forEach(i -> all.add(new TopicPartition(topic, i)));
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(all);
    Set<TopicPartition> old = new HashSet<>();
    committed.forEach((partition, offset) -> {
      if (offset != null && !partition.equals(current)) {
        old.add(partition);
      }
    });
    toDrain.clear();
    if (old.isEmpty()) {
      retireAt = Long.MAX_VALUE;
      read(Set.of(current));
      return;
    }
    log.info("Commands for this node may also be in {}: reading those first.", numbers(old));
    toDrain.putAll(consumer.endOffsets(old));
    retireAt = nanoTime + PRODUCERS_LEARN.toNanos();
    read(old);
  }

  /**
   * Looks whether the number of partitions, or what is left in the old ones, has changed. To be
   * called between polls; cheap.
   *
   * @param partitions as the consumer knows it now
   */
  void review(int partitions, long nanoTime) {
    if (partitions != count && partitions > 0) {
      log.info("The topic {} has {} partitions now, not {}.", topic, partitions, count);
      assign(partitions, nanoTime);
    }
    if (!toDrain.isEmpty() && drained()) {
      Set<TopicPartition> both = new HashSet<>(toDrain.keySet());
      both.add(current());
      toDrain.clear();
      read(both);
    }
    if (nanoTime - retireAt >= 0) {
      retireAt = Long.MAX_VALUE;
      read(Set.of(current()));
    }
  }

  private TopicPartition current() {
    return new TopicPartition(topic, NodePartition.of(node, count));
  }

  private boolean drained() {
    return toDrain.entrySet().stream()
        .allMatch(partition -> consumer.position(partition.getKey()) >= partition.getValue());
  }

  /**
   * The first commit marks a partition as one of ours, even if nothing is ever read from it. Later
   * ones find out whether this user may commit at all, before there is a command that depends on
   * it.
   */
  private void read(Set<TopicPartition> partitions) {
    consumer.assign(partitions);
    Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
    for (TopicPartition partition : partitions) {
      positions.put(partition, new OffsetAndMetadata(consumer.position(partition)));
    }
    consumer.commitSync(positions);
    log.info("Reading the commands of {} from {}.", node, numbers(partitions));
  }

  private static Set<Integer> numbers(Set<TopicPartition> partitions) {
    Set<Integer> numbers = new TreeSet<>();
    partitions.forEach(partition -> numbers.add(partition.partition()));
    return numbers;
  }
}
