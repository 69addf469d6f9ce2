package io.alertcap.trigger.node;

import io.alertcap.foundation.health.Health;
import io.alertcap.foundation.health.Heartbeat;
import io.alertcap.foundation.health.Readiness;
import io.alertcap.foundation.kafka.KafkaFailures;
import io.alertcap.foundation.kafka.TopicState;
import io.alertcap.schemas.NodeState;
import io.alertcap.schemas.json.Reading;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows what nodes say of themselves, on a thread of its own, which alone touches the consumer.
 * Captures are made without it: only who has no capturer is not known then.
 */
public final class NodeFollower implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(NodeFollower.class);

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration CHECK_PERIOD = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration CLOSING = Duration.ofSeconds(1);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  /** Longer than a turn can take: a pause, four questions of 5 s each, and a poll. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

  private final String topic;
  private final Consumer<String, Reading<NodeState>> consumer;
  private final Supplier<TopicState> topics;
  private final Nodes nodes;
  private final Readiness readiness;
  private final Heartbeat heartbeat;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  private long checkAt = System.nanoTime();
  private Map<TopicPartition, Long> ends = Map.of();
  private String problem = "";

  private NodeFollower(
      String topic,
      Consumer<String, Reading<NodeState>> consumer,
      Supplier<TopicState> topics,
      Nodes nodes,
      Health health) {
    this.topic = topic;
    this.consumer = consumer;
    this.topics = topics;
    this.nodes = nodes;
    this.readiness = health.readiness("nodes");
    this.heartbeat = health.heartbeat("node-follower", LONGEST_SILENCE);
    this.thread = Thread.ofPlatform().name("node-follower").daemon().unstarted(this::run);
  }

  /**
   * Begins to read, and returns at once.
   *
   * @param consumer closed together with this
   * @param topics finds out whether the topic is there, and may be read
   * @param health is told under {@code nodes} what keeps them from being known, which is no reason
   *     not to be ready
   */
  public static NodeFollower start(
      String topic,
      Consumer<String, Reading<NodeState>> consumer,
      Supplier<TopicState> topics,
      Nodes nodes,
      Health health) {
    NodeFollower follower = new NodeFollower(topic, consumer, topics, nodes, health);
    follower.readiness.readyBut("it is not known yet which nodes have a capturer");
    follower.thread.start();
    return follower;
  }

  /** Blocks until the thread has ended, for some seconds at most. */
  @Override
  public void close() {
    closing.countDown();
    thread.interrupt();
    try {
      if (!thread.join(CLOSE_PATIENCE)) {
        log.warn("The node follower did not stop within {} s", CLOSE_PATIENCE.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (closing.getCount() > 0) {
        heartbeat.beat();
        turn();
      }
    } catch (InterruptException | InterruptedException e) {
      log.debug("Interrupted: the follower ends");
    } finally {
      // an interrupt would cut off the farewell to the brokers
      var unused = Thread.interrupted();
      consumer.close(CloseOptions.timeout(CLOSING));
    }
  }

  private void turn() throws InterruptedException {
    try {
      if (System.nanoTime() - checkAt >= 0) {
        checkAt = System.nanoTime() + CHECK_PERIOD.toNanos();
        check();
      }
      if (!consumer.assignment().isEmpty()) {
        consumer.poll(POLL).forEach(this::take);
        noticeComplete();
      }
    } catch (InterruptException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      unknown(KafkaFailures.sentence(e, AclOperation.READ));
    }
  }

  private void check() throws InterruptedException {
    switch (topics.get()) {
      case TopicState.Ready ready -> follow(ready.partitions());
      case TopicState.NotReady(String reason) -> unknown(reason);
    }
  }

  private void follow(int partitions) {
    Set<TopicPartition> all = new HashSet<>();
    IntStream.range(0, partitions).forEach(i -> all.add(new TopicPartition(topic, i)));
    Set<TopicPartition> added = new HashSet<>(all);
    added.removeAll(consumer.assignment());
    if (!added.isEmpty()) {
      ends = consumer.endOffsets(all, PATIENCE);
      consumer.assign(all);
      consumer.seekToBeginning(added);
    }
  }

  private void take(ConsumerRecord<String, Reading<NodeState>> message) {
    switch (message.value()) {
      case Reading.Valid<NodeState>(NodeState state) -> nodes.add(state);
      case Reading.Invalid<NodeState> invalid ->
          log.warn(
              "Skipped what a node said at {}-{}@{}: {}",
              message.topic(),
              message.partition(),
              message.offset(),
              invalid.sentence());
    }
  }

  private void noticeComplete() {
    if (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey(), PATIENCE) < end.getValue())) {
      return;
    }
    ends = Map.of();
    problem = "";
    nodes.complete();
    readiness.ready();
  }

  private void unknown(String reason) throws InterruptedException {
    if (!reason.equals(problem)) {
      log.warn("It is not known which nodes have a capturer: {}", reason);
    }
    problem = reason;
    readiness.readyBut("it is not known which nodes have a capturer: " + reason);
    checkAt = System.nanoTime();
    var unused = closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
  }
}
