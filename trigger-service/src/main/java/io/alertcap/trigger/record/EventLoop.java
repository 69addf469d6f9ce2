package io.alertcap.trigger.record;

import io.alertcap.foundation.health.Heartbeat;
import io.alertcap.foundation.health.Readiness;
import io.alertcap.foundation.kafka.KafkaFailures;
import io.alertcap.foundation.kafka.TopicState;
import io.alertcap.schemas.json.EventMessage;
import io.alertcap.trigger.record.EventSink.Taken;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads every partition of the events from where it was left to its end, says so, and reads on.
 * What Kafka throws is waited out; anything else is a mistake of ours, ends the loop, and with it
 * the heartbeat.
 */
final class EventLoop implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(EventLoop.class);

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final EventSource source;
  private final Consumer<String, EventMessage> consumer;
  private final EventSink sink;
  private final EventIntake intake;
  private final EventMeters meters;
  private final Readiness readiness;
  private final Heartbeat heartbeat;
  private final Duration checkInterval;
  private final CountDownLatch closing = new CountDownLatch(1);

  private long lastCheck;
  private volatile boolean reachable;
  private String lostBecause = "";

  /** Where each partition ended when it was last asked; empty once all of that is taken in. */
  private volatile Map<TopicPartition, Long> ends = Map.of();

  private volatile CountDownLatch caughtUp = new CountDownLatch(1);
  private String topicId = "";

  EventLoop(
      EventSource source,
      EventSink sink,
      EventMeters meters,
      Readiness readiness,
      Heartbeat heartbeat,
      Duration checkInterval) {
    this.source = source;
    this.consumer = source.consumer();
    this.sink = sink;
    this.intake = new EventIntake(sink, meters);
    this.meters = meters;
    this.readiness = readiness;
    this.heartbeat = heartbeat;
    this.checkInterval = checkInterval;
    this.lastCheck = System.nanoTime() - checkInterval.toNanos();
  }

  /** Whether everything is taken in that was there at the start. */
  boolean caughtUp() {
    return caughtUp.getCount() == 0;
  }

  /** Waits for it, and says whether it came to that. */
  boolean awaitCaughtUp(Duration patience) throws InterruptedException {
    return caughtUp.await(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Whether Kafka is being read, and nothing is known to wait there that was said before. */
  boolean isUpToDate() {
    return reachable && ends.isEmpty() && caughtUp();
  }

  /** Lets {@link #run} return soon; its thread is to be interrupted besides. */
  void stop() {
    closing.countDown();
  }

  @Override
  public void run() {
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
      consumer.close(CloseOptions.timeout(PAUSE));
    }
  }

  private void turn() throws InterruptedException {
    try {
      if (System.nanoTime() - lastCheck >= checkInterval.toNanos()) {
        check();
        lastCheck = System.nanoTime();
      }
      if (topicId.isEmpty()) {
        pause();
      } else {
        take(consumer.poll(POLL));
        meters.lag(lag());
        noticeCaughtUp();
      }
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      lost("Events cannot be read: " + KafkaFailures.sentence(e, AclOperation.READ));
      pause();
    } catch (RecordUnavailable e) {
      lost(e.sentence());
      pause();
      resumeLater();
    }
  }

  private void check() {
    switch (source.topics().get()) {
      case TopicState.Ready(int partitions, String id) -> follow(partitions, id);
      case TopicState.NotReady notReady -> lost(notReady.reason());
    }
  }

  /**
   * Partitions that are assigned already keep their position. Their ends are asked for again until
   * they are reached: those of a topic that has just been recreated may be of its predecessor.
   */
  private void follow(int partitions, String id) {
    Set<TopicPartition> all = new HashSet<>();
    IntStream.range(0, partitions).forEach(i -> all.add(new TopicPartition(source.topic(), i)));
    Set<TopicPartition> added = new HashSet<>(all);
    if (id.equals(topicId)) {
      added.removeAll(consumer.assignment());
    }
    if (!added.isEmpty()) {
      missing(id);
      consumer.assign(all);
      resume(added, sink.begin(id));
      topicId = id;
    }
    if (!reachable || !added.isEmpty() || !ends.isEmpty()) {
      ends = consumer.endOffsets(all, PATIENCE);
      reachable = true;
    }
  }

  /** What is no longer there is left out by Kafka: it reads from the earliest that is. */
  private void resume(Set<TopicPartition> partitions, ReadingPlace place) {
    for (TopicPartition partition : partitions) {
      ReadingPlace.Next next = place.next().get(partition.partition());
      if (next == null) {
        consumer.seekToBeginning(Set.of(partition));
      } else {
        consumer.seek(partition, new OffsetAndMetadata(next.offset(), next.leaderEpoch(), ""));
      }
    }
  }

  /** What was read of another topic, or is lost, is no past to decide by. */
  private void missing(String id) {
    if (!id.equals(topicId) && caughtUp()) {
      caughtUp = new CountDownLatch(1);
    }
  }

  /** From where it was left: what was polled since was not taken in. */
  private void resumeLater() {
    topicId = "";
    reachable = false;
    lastCheck = System.nanoTime() - checkInterval.toNanos();
  }

  private void startOver() {
    readiness.interrupted("The record of captures is read again from the beginning");
    resumeLater();
    missing("all");
  }

  private void take(ConsumerRecords<String, EventMessage> messages) {
    if (intake.take(messages, topicId) == Taken.STARTED_OVER) {
      startOver();
    }
  }

  private void noticeCaughtUp() {
    if (!reachable
        || ends.entrySet().stream().anyMatch(end -> position(end.getKey()) < end.getValue())) {
      return;
    }
    if (!ends.isEmpty()) {
      log.info("Caught up with {} partitions of {}", ends.size(), source.topic());
      ends = Map.of();
    }
    lostBecause = "";
    caughtUp.countDown();
    readiness.ready();
  }

  private long position(TopicPartition partition) {
    return consumer.position(partition, PATIENCE);
  }

  private long lag() {
    return consumer.assignment().stream().mapToLong(p -> consumer.currentLag(p).orElse(0)).sum();
  }

  private void lost(String reason) {
    if (!reason.equals(lostBecause)) {
      log.warn("Not following {}: {}", source.topic(), reason);
    }
    lostBecause = reason;
    reachable = false;
    readiness.interrupted(reason);
  }

  private void pause() throws InterruptedException {
    var unused = closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
  }
}
