package io.alertcap.capturer.event;

import io.alertcap.capturer.spool.Spool;
import io.alertcap.foundation.health.Health;
import io.alertcap.foundation.health.Readiness;
import io.alertcap.foundation.health.RecurringTasks;
import io.alertcap.foundation.kafka.KafkaFailures;
import io.alertcap.foundation.kafka.TopicState;
import io.alertcap.schemas.CaptureStatus;
import io.alertcap.schemas.NodeCapture;
import io.alertcap.schemas.NodeState;
import io.alertcap.schemas.kafka.CloudEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says on {@code alertcap.nodes} that this node has a capturer, and what it captures. What cannot
 * be said is not said later: the next word makes up for it. On a thread of its own.
 */
public final class NodePublisher implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(NodePublisher.class);

  private static final Duration WHILE_CAPTURING = Duration.ofSeconds(2);
  private static final Duration HEARTBEAT = Duration.ofSeconds(30);

  /** After a failure: what is mended is used soon. */
  private static final Duration RETRY = Duration.ofSeconds(5);

  /** Above the producer's own limits, which end a send first. */
  private static final Duration ACKNOWLEDGEMENT = Duration.ofSeconds(30);

  private static final Duration CLOSING = Duration.ofSeconds(1);

  private static final Comparator<NodeCapture> BY_ID =
      Comparator.comparing(capture -> capture.id().value());

  private final ReplaceableProducer producer;
  private final String topic;
  private final Supplier<TopicState> topics;
  private final String node;
  private final String version;
  private final Instant startedAt;
  private final Spool spool;
  private final Clock clock;
  private final Readiness readiness;
  private final RecurringTasks thread;
  private String problem = "";
  private boolean wasCapturing;
  private long dueAt = System.nanoTime();

  /**
   * @param producers makes producers with acks=all
   * @param topics finds out whether the topic is there, and may be written
   * @param health is told what keeps this from being said, which is no reason not to be ready
   */
  public NodePublisher(
      Supplier<Producer<String, byte[]>> producers,
      String topic,
      Supplier<TopicState> topics,
      String node,
      String version,
      Spool spool,
      Clock clock,
      Health health) {
    this.producer = new ReplaceableProducer(producers);
    this.topic = topic;
    this.topics = topics;
    this.node = node;
    this.version = version;
    this.spool = spool;
    this.clock = clock;
    this.startedAt = clock.instant();
    this.readiness = health.readiness("nodes");
    this.thread = health.recurring("node-state");
    readiness.readyBut("the trigger service has not heard of this node yet");
  }

  public void start() {
    thread.every(WHILE_CAPTURING, this::sayWhatIsDue);
  }

  /** Ends without a word: the node's commands wait for its next capturer. */
  @Override
  public void close() {
    thread.close(CLOSING);
    producer.discard();
  }

  private void sayWhatIsDue() {
    List<NodeCapture> captures = captures();
    boolean news = problem.isEmpty() && (wasCapturing || !captures.isEmpty());
    if (!news && System.nanoTime() - dueAt < 0) {
      return;
    }
    wasCapturing = !captures.isEmpty();
    String failure = say(new NodeState(node, version, startedAt, clock.instant(), captures));
    if (failure.isEmpty()) {
      readiness.ready();
    } else if (!thread.isClosed()) {
      failed(failure);
    }
    problem = failure;
    dueAt = System.nanoTime() + (failure.isEmpty() ? HEARTBEAT : RETRY).toNanos();
  }

  private void failed(String failure) {
    readiness.readyBut("the trigger service does not hear of this node: " + failure);
    if (!failure.equals(problem)) {
      log.warn("The trigger service does not hear of this node: {}", failure);
    }
    producer.discard();
  }

  /** Returns why it could not be said, empty if it was. */
  private String say(NodeState state) {
    try {
      if (!producer.isThere() && topics.get() instanceof TopicState.NotReady(String reason)) {
        return reason;
      }
      var unused =
          producer
              .get()
              .send(CloudEvent.of(topic, state, "/alertcap/node/" + node))
              .get(ACKNOWLEDGEMENT.toMillis(), TimeUnit.MILLISECONDS);
      return "";
    } catch (InterruptedException | InterruptException closed) {
      return "closed";
    } catch (ExecutionException e) {
      return KafkaFailures.sentence(e.getCause() == null ? e : e.getCause(), AclOperation.WRITE);
    } catch (TimeoutException e) {
      return "Kafka did not acknowledge in time";
    } catch (KafkaException e) {
      return KafkaFailures.sentence(e, AclOperation.WRITE);
    }
  }

  private List<NodeCapture> captures() {
    return spool.captures().stream()
        .filter(capture -> capture.status() == CaptureStatus.STARTED)
        .map(capture -> new NodeCapture(capture.id(), capture.bytes()))
        .sorted(BY_ID)
        .limit(NodeState.MAX_CAPTURES)
        .toList();
  }
}
