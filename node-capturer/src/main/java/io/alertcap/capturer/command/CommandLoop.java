package io.alertcap.capturer.command;

import io.alertcap.capturer.command.CommandIntake.Answer;
import io.alertcap.foundation.health.Heartbeat;
import io.alertcap.foundation.health.Readiness;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done with one consumer as long as it works: poll, take, commit. Commands that cannot be
 * taken are held, and polling goes on for the sake of stops. Lives on the consumer's thread.
 */
final class CommandLoop {

  private static final Logger log = LoggerFactory.getLogger(CommandLoop.class);

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration REFUSED_PAUSE = Duration.ofSeconds(1);

  /** How often Kafka is asked something, to learn that it is still there. */
  private static final Duration CHECK_PERIOD = Duration.ofSeconds(5);

  private final String topic;
  private final Consumer<String, byte[]> consumer;
  private final NodePartitions partitions;
  private final CommandReader reader;
  private final CommandIntake intake;
  private final Readiness readiness;
  private final Heartbeat heartbeat;
  private final LongSupplier nanoTime;

  private final HeldCommands held = new HeldCommands();
  private final Map<TopicPartition, Long> read = new HashMap<>();
  private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
  private Optional<String> refusal = Optional.empty();
  private long refusedAt;
  private long checkedAt;

  CommandLoop(
      String topic,
      Consumer<String, byte[]> consumer,
      NodePartitions partitions,
      CommandReader reader,
      CommandIntake intake,
      Readiness readiness,
      Heartbeat heartbeat,
      LongSupplier nanoTime) {
    this.topic = topic;
    this.consumer = consumer;
    this.partitions = partitions;
    this.reader = reader;
    this.intake = intake;
    this.readiness = readiness;
    this.heartbeat = heartbeat;
    this.nanoTime = nanoTime;
    this.checkedAt = nanoTime.getAsLong();
  }

  /** Ends by what the consumer throws, or when it is closing. */
  void run(BooleanSupplier closing) {
    while (!closing.getAsBoolean()) {
      heartbeat.beat();
      takeAll(consumer.poll(POLL));
      offerHeld();
      commit();
      tell();
      pauseWhileFull();
      checkNowAndThen();
    }
  }

  private void takeAll(ConsumerRecords<String, byte[]> records) {
    for (ConsumerRecord<String, byte[]> message : records) {
      TopicPartition partition = new TopicPartition(message.topic(), message.partition());
      reader.read(message).ifPresent(command -> take(partition, message.offset(), command));
      read.put(partition, message.offset() + 1);
    }
  }

  private void take(TopicPartition partition, long offset, NodeCommand command) {
    if (held.bars(command)) {
      held.add(partition, offset, command);
      return;
    }
    switch (intake.take(command)) {
      case Answer.Taken taken -> {}
      case Answer.NotNow(String reason) -> {
        held.add(partition, offset, command);
        refused(reason);
      }
    }
  }

  private void offerHeld() {
    if (held.isEmpty() || nanoTime.getAsLong() - refusedAt < REFUSED_PAUSE.toNanos()) {
      return;
    }
    held.offerTo(intake).ifPresent(this::refused);
    if (held.isEmpty()) {
      refusal = Optional.empty();
    }
  }

  private void refused(String reason) {
    if (!refusal.equals(Optional.of(reason))) {
      log.warn("Commands that start captures wait: {}", reason);
    }
    refusal = Optional.of(reason);
    refusedAt = nanoTime.getAsLong();
  }

  /** What was taken already is known by its id, should the commit fail and it come again. */
  private void commit() {
    Map<TopicPartition, OffsetAndMetadata> news = new HashMap<>();
    read.forEach((partition, next) -> {
      OffsetAndMetadata safe = new OffsetAndMetadata(held.firstOf(partition).orElse(next));
      if (!safe.equals(committed.get(partition))) {
        news.put(partition, safe);
      }
    });
    if (!news.isEmpty()) {
      consumer.commitSync(news);
      committed.putAll(news);
    }
  }

  private void tell() {
    refusal.ifPresentOrElse(readiness::notReady, readiness::ready);
  }

  private void pauseWhileFull() {
    if (held.isFull()) {
      consumer.pause(consumer.assignment());
    } else {
      consumer.resume(consumer.paused());
    }
  }

  /**
   * A consumer whose broker is gone polls on in silence; a question is answered or fails. The
   * partitions stay as they are while something is held: a change of them commits positions.
   */
  private void checkNowAndThen() {
    long now = nanoTime.getAsLong();
    if (now - checkedAt < CHECK_PERIOD.toNanos()) {
      return;
    }
    consumer.endOffsets(consumer.assignment());
    if (held.isEmpty()) {
      partitions.review(consumer.partitionsFor(topic).size(), now);
    }
    checkedAt = nanoTime.getAsLong();
  }
}
