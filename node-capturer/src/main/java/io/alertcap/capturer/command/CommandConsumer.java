package io.alertcap.capturer.command;

import io.alertcap.capturer.retry.Backoff;
import io.alertcap.foundation.health.Heartbeat;
import io.alertcap.foundation.health.Readiness;
import io.alertcap.foundation.kafka.KafkaFailures;
import io.alertcap.foundation.kafka.TopicState;
import io.alertcap.foundation.signature.VerifyingKey;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the commands of this node, on one thread that owns the Kafka consumer. An offset is
 * committed once the commands before it are safe. While Kafka cannot be reached, it keeps trying,
 * and says so; what it does while it can be is {@link CommandLoop}'s.
 */
public final class CommandConsumer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(CommandConsumer.class);

  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));
  private static final Duration CLOSING = Duration.ofSeconds(2);

  private final String topic;
  private final CommandReader reader;
  private final String node;
  private final Supplier<Consumer<String, byte[]>> consumers;
  private final Supplier<TopicState> topics;
  private final CommandIntake intake;
  private final Readiness readiness;
  private final Heartbeat heartbeat;
  private final LongSupplier nanoTime;
  private final Thread thread;
  private volatile boolean closing;
  private volatile @Nullable Consumer<String, byte[]> current;

  /**
   * @param node whose commands are read
   * @param keys by one of which commands have to be signed; empty where none need be
   * @param consumers makes consumers with a group id of this node's own
   * @param topics finds out whether the topic is there, and may be read
   * @param nanoTime monotonic
   */
  public CommandConsumer(
      String topic,
      String node,
      List<VerifyingKey> keys,
      Supplier<Consumer<String, byte[]>> consumers,
      Supplier<TopicState> topics,
      CommandIntake intake,
      Readiness readiness,
      Heartbeat heartbeat,
      LongSupplier nanoTime) {
    this.topic = topic;
    this.node = node;
    this.reader = new CommandReader(node, keys);
    this.consumers = consumers;
    this.topics = topics;
    this.intake = intake;
    this.readiness = readiness;
    this.heartbeat = heartbeat;
    this.nanoTime = nanoTime;
    this.thread = Thread.ofPlatform().name("commands").unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** Ends after the command that is being taken. */
  @Override
  public void close() {
    closing = true;
    Consumer<String, byte[]> consumer = current;
    if (consumer != null) {
      consumer.wakeup();
    }
    try {
      if (!thread.join(CLOSING)) {
        thread.interrupt();
        boolean unused = thread.join(CLOSING);
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    int failures = 0;
    while (!closing) {
      heartbeat.beat();
      long began = nanoTime.getAsLong();
      String problem = consume();
      if (closing) {
        return;
      }
      boolean workedForLong =
          nanoTime.getAsLong() - began > BACKOFF.most().multipliedBy(2).toNanos();
      failures = workedForLong ? 1 : failures + 1;
      readiness.interrupted(problem);
      log.warn("{}", problem);
      pause(BACKOFF.delay(failures, RandomGenerator.getDefault()));
    }
  }

  /** Reads until something fails, whatever it is; returns what. */
  private String consume() {
    try {
      return switch (topics.get()) {
        case TopicState.NotReady(String reason) -> reason;
        case TopicState.Ready ready -> consume(ready.partitions());
      };
    } catch (WakeupException | InterruptException closed) {
      return "closed";
    } catch (KafkaException e) {
      return "Commands cannot be read from %s: %s; trying again."
          .formatted(topic, KafkaFailures.sentence(e, AclOperation.READ));
    } catch (RuntimeException | Error e) {
      log.error("Unexpected error while reading commands", e);
      return "Commands cannot be read from %s: %s; trying again.".formatted(topic, e);
    }
  }

  private String consume(int ofPartitions) {
    try (Consumer<String, byte[]> consumer = consumers.get()) {
      current = consumer;
      NodePartitions partitions = new NodePartitions(topic, node, consumer);
      partitions.assign(ofPartitions, nanoTime.getAsLong());
      new CommandLoop(topic, consumer, partitions, reader, intake, readiness, heartbeat, nanoTime)
          .run(() -> closing);
      return "closed";
    } finally {
      current = null;
    }
  }

  private void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      closing = true;
    }
  }
}
