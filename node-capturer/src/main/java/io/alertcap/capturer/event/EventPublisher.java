package io.alertcap.capturer.event;

import io.alertcap.capturer.retry.Backoff;
import io.alertcap.capturer.spool.Spool;
import io.alertcap.capturer.spool.SpooledCapture;
import io.alertcap.foundation.health.Heartbeat;
import io.alertcap.foundation.health.Readiness;
import io.alertcap.foundation.kafka.KafkaFailures;
import io.alertcap.foundation.kafka.TopicState;
import io.alertcap.schemas.CaptureEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what journals have to tell, for as long as it takes: an event waits in its journal
 * until Kafka has acknowledged it. A capture whose last event is acknowledged is finished in the
 * spool.
 *
 * <p>One thread of its own. The producer is recreated after a failure, because some failures leave
 * it of no more use.
 */
public final class EventPublisher implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EventPublisher.class);

  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(200), Duration.ofSeconds(15));
  private static final Duration IDLE = Duration.ofSeconds(1);

  /** Above the producer's own limits, which end a send first. */
  private static final Duration ACKNOWLEDGEMENT = Duration.ofSeconds(30);

  private static final Duration ASK_PERIOD = Duration.ofSeconds(5);
  private static final Duration CLOSING = Duration.ofSeconds(2);

  private final ReplaceableProducer producer;
  private final String topic;
  private final EventMessages messages;
  private final Supplier<TopicState> topics;
  private final Spool spool;
  private final Readiness readiness;
  private final Heartbeat heartbeat;
  private final Outbox outbox = new Outbox();
  private final Thread thread;
  private volatile boolean closing;
  private Optional<String> problem = Optional.of("not asked yet");
  private long askAt = System.nanoTime();

  private record Sent(
      SpooledCapture capture,
      CaptureEvent event,
      ProducerRecord<String, byte[]> message,
      Future<RecordMetadata> answer) {}

  /**
   * @param producers makes producers with acks=all and idempotence
   * @param topics finds out whether the topic is there, and may be written
   * @param source of the events, as a URI reference: {@code /alertcap/node/worker-3}
   * @param heartbeat of the thread
   */
  public EventPublisher(
      Supplier<Producer<String, byte[]>> producers,
      String topic,
      Supplier<TopicState> topics,
      String source,
      Spool spool,
      Readiness readiness,
      Heartbeat heartbeat) {
    this.producer = new ReplaceableProducer(producers);
    this.topic = topic;
    this.messages = new EventMessages(topic, source);
    this.topics = topics;
    this.spool = spool;
    this.readiness = readiness;
    this.heartbeat = heartbeat;
    this.thread = Thread.ofPlatform().name("events").unstarted(this::run);
  }

  /** Begins with what the journals of an earlier process have left to tell. */
  public void start() {
    outbox.add(spool.captures());
    thread.start();
  }

  /** The capture has something to tell. Returns at once. */
  public void publish(SpooledCapture capture) {
    outbox.add(List.of(capture));
  }

  /**
   * Tries what waits once more, and ends. What is left waits in its journal for the next start.
   *
   * @param atMost how long that may take
   */
  public void close(Duration atMost) {
    closing = true;
    outbox.wake();
    try {
      if (!thread.join(atMost)) {
        thread.interrupt();
        boolean unused = thread.join(CLOSING);
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    close(CLOSING);
  }

  private void run() {
    int failures = 0;
    try {
      while (!closing || (failures == 0 && !outbox.isEmpty())) {
        heartbeat.beat();
        askUnlessKnown();
        List<SpooledCapture> left = publishAll(outbox.take(closing ? Duration.ZERO : IDLE));
        if (left.isEmpty()) {
          failures = 0;
        } else {
          failures++;
          outbox.awaitNews(BACKOFF.delay(failures, RandomGenerator.getDefault()));
          outbox.add(left);
        }
      }
    } catch (InterruptedException | InterruptException closed) {
      log.info("Events that are not published yet wait in their journals.");
    } finally {
      producer.discard();
    }
  }

  /** Returns those that still have something to tell. */
  private List<SpooledCapture> publishAll(List<SpooledCapture> captures)
      throws InterruptedException {
    Map<SpooledCapture, Throwable> problems = new LinkedHashMap<>();
    List<Sent> sent = new ArrayList<>();
    for (SpooledCapture capture : captures) {
      attempt(problems, capture, () -> send(capture, sent));
    }
    for (Sent each : sent) {
      if (!problems.containsKey(each.capture)) {
        attempt(problems, each.capture, () -> awaitAnswer(each));
      }
    }
    for (SpooledCapture capture : captures) {
      if (!problems.containsKey(capture)) {
        attempt(problems, capture, () -> finish(capture));
      }
    }
    if (!captures.isEmpty()) {
      tell(problems);
    }
    return List.copyOf(problems.keySet());
  }

  private interface Attempt {
    void run() throws IOException, ExecutionException, TimeoutException, InterruptedException;
  }

  private void attempt(
      Map<SpooledCapture, Throwable> problems, SpooledCapture capture, Attempt attempt)
      throws InterruptedException {
    heartbeat.beat();
    try {
      attempt.run();
    } catch (InterruptException e) {
      throw e;
    } catch (IOException | ExecutionException | TimeoutException | KafkaException e) {
      problems.put(capture, e);
    } catch (RuntimeException | Error e) {
      log.error("Unexpected error while publishing the events of {}", capture.id(), e);
      problems.put(capture, e);
    }
  }

  private void send(SpooledCapture capture, List<Sent> sent) throws IOException {
    for (CaptureEvent event : capture.unacknowledged()) {
      ProducerRecord<String, byte[]> message = messages.of(event);
      sent.add(new Sent(capture, event, message, producer.get().send(message)));
    }
  }

  private void awaitAnswer(Sent sent)
      throws ExecutionException, TimeoutException, InterruptedException {
    try {
      sent.answer.get(ACKNOWLEDGEMENT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RecordTooLargeException) {
        messages.refused(sent.message);
      }
      throw e;
    }
    sent.capture.acknowledge(sent.event);
    log.debug("Published {} of {}.", sent.event.status().code(), sent.capture.id());
  }

  private void finish(SpooledCapture capture) throws IOException {
    if (capture.journal().done() && spool.find(capture.id()).isPresent()) {
      spool.finish(capture);
    }
  }

  private void tell(Map<SpooledCapture, Throwable> problems) {
    if (problems.isEmpty()) {
      usable();
      return;
    }
    producer.discard();
    Throwable first = problems.values().iterator().next();
    Throwable reason = first.getCause() == null ? first : first.getCause();
    unusable(
        "The events of %d captures cannot be published to %s and wait in the journal: %s"
            .formatted(problems.size(), topic, KafkaFailures.sentence(reason, AclOperation.WRITE)));
  }

  /** So that it shows before there is an event whether it could be published. */
  private void askUnlessKnown() {
    if (problem.isEmpty() || closing || System.nanoTime() - askAt < 0) {
      return;
    }
    try {
      switch (topics.get()) {
        case TopicState.Ready ready -> usable();
        case TopicState.NotReady(String reason) ->
            unusable("Events cannot be published: " + reason);
      }
    } catch (InterruptException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      unusable("Events cannot be published: " + e);
    }
    askAt = System.nanoTime() + ASK_PERIOD.toNanos();
  }

  private void usable() {
    problem = Optional.empty();
    readiness.ready();
  }

  private void unusable(String reason) {
    readiness.interrupted(reason);
    if (!problem.equals(Optional.of(reason))) {
      log.warn("{}", reason);
    }
    problem = Optional.of(reason);
  }
}
