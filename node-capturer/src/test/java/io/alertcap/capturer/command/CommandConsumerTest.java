package io.alertcap.capturer.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.capturer.command.CommandIntake.Answer;
import io.alertcap.capturer.fixture.Requests;
import io.alertcap.foundation.health.Health;
import io.alertcap.foundation.kafka.TopicState;
import io.alertcap.schemas.CaptureCommand;
import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.json.Json;
import io.alertcap.schemas.kafka.NodePartition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CommandConsumerTest {

  private static final String TOPIC = "alertcap.commands";
  private static final TopicPartition PARTITION =
      new TopicPartition(TOPIC, NodePartition.of(Requests.NODE, 1));

  private final List<CaptureId> taken = new CopyOnWriteArrayList<>();
  private final Health health = new Health();
  private final AtomicInteger consumersMade = new AtomicInteger();
  private volatile TopicState topics = new TopicState.Ready(1, "topic");
  private volatile Answer answer = new Answer.Taken();
  private volatile boolean refusesStarts;
  private final MockConsumer<String, byte[]> kafka = newKafka();
  private final CommandConsumer consumer =
      new CommandConsumer(
          TOPIC,
          Requests.NODE,
          List.of(),
          this::nextConsumer,
          () -> topics,
          this::take,
          health.readiness("commands"),
          health.heartbeat("commands", Duration.ofMinutes(1)),
          System::nanoTime);

  @AfterEach
  void close() {
    consumer.close();
  }

  @Test
  void takesTheNodesCommandsAndCommitsBehindThem() {
    consumer.start();
    send(0, "worker-4", "theirs");
    send(1, Requests.NODE, "ours");

    await().untilAsserted(() -> assertThat(taken).containsExactly(Requests.id("ours")));
    await().until(() -> committed() == 2);
    assertThat(health.ready().passing()).isTrue();
  }

  @Test
  void whatIsNotTakenStaysAndIsOfferedAgain() {
    answer = new Answer.NotNow("The spool is full.");
    consumer.start();
    send(0, Requests.NODE, "a");
    send(1, Requests.NODE, "b");

    await().until(() -> health.ready().checks().containsValue("The spool is full."));
    assertThat(committed()).isZero();
    answer = new Answer.Taken();

    await().until(() -> committed() == 2);
    assertThat(taken).containsExactly(Requests.id("a"), Requests.id("b"));
    await().until(() -> health.ready().passing());
  }

  @Test
  void aStopIsTakenAtOnceWhileStartsWait() {
    refusesStarts = true;
    consumer.start();
    start(0, "a");
    start(1, "b");
    send(2, Requests.NODE, "running");

    await().untilAsserted(() -> assertThat(taken).containsExactly(Requests.id("running")));
    assertThat(committed()).isZero();
    refusesStarts = false;

    await().until(() -> committed() == 3);
    assertThat(taken).containsExactly(Requests.id("running"), Requests.id("a"), Requests.id("b"));
  }

  @Test
  void aStopOfACaptureWhoseStartWaitsComesAfterIt() {
    refusesStarts = true;
    consumer.start();
    start(0, "a");
    send(1, Requests.NODE, "a");
    send(2, Requests.NODE, "b");

    await().untilAsserted(() -> assertThat(taken).containsExactly(Requests.id("b")));
    refusesStarts = false;

    await().until(() -> committed() == 3);
    assertThat(taken).containsExactly(Requests.id("b"), Requests.id("a"), Requests.id("a"));
  }

  @Test
  void whatIsCommittedEndsBeforeTheFirstThatWaits() {
    consumer.start();
    start(0, "a");
    await().until(() -> committed() == 1);
    refusesStarts = true;
    start(1, "b");
    send(2, Requests.NODE, "c");

    await().until(() -> taken.contains(Requests.id("c")));
    await().during(Duration.ofMillis(600)).until(() -> committed() == 1);
  }

  @Test
  void noMoreIsReadThanCanBeHeld() {
    refusesStarts = true;
    consumer.start();
    for (int i = 0; i < 100; i++) {
      start(i, "start-" + i);
    }

    await().until(() -> kafka.paused().contains(PARTITION));
    refusesStarts = false;

    await().until(() -> committed() == 100);
    await().until(() -> kafka.paused().isEmpty());
  }

  @Test
  void whileThereAreNoTopicsItSaysSoAndGoesOnTrying() {
    topics = new TopicState.NotReady("missing on Kafka: alertcap.commands");
    consumer.start();
    await()
        .until(() -> health.ready().checks().containsValue("missing on Kafka: alertcap.commands"));

    topics = new TopicState.Ready(1, "topic");

    await().until(() -> health.ready().passing());
  }

  @Test
  void aConsumerThatFailsIsReplaced() {
    kafka.setPollException(new KafkaException("the broker said no"));
    consumer.start();

    await().until(() -> consumersMade.get() == 2);
    await().until(() -> health.ready().passing());
  }

  @Test
  void closesWhileItWaits() {
    topics = new TopicState.NotReady("never");
    consumer.start();
    await().until(() -> health.ready().checks().containsValue("never"));

    consumer.close();

    assertThat(consumersMade).hasValue(0);
  }

  private Answer take(NodeCommand command) {
    if (refusesStarts && command instanceof NodeCommand.Understood(CaptureCommand.Start start)) {
      return new Answer.NotNow("spool.maxCaptures captures wait.");
    }
    if (answer instanceof Answer.Taken
        && command instanceof NodeCommand.Understood(CaptureCommand understood)) {
      taken.add(understood.id());
    }
    return answer;
  }

  private Consumer<String, byte[]> nextConsumer() {
    return consumersMade.incrementAndGet() == 1 ? kafka : newKafka();
  }

  private static MockConsumer<String, byte[]> newKafka() {
    MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.updateEndOffsets(Map.of(PARTITION, 0L));
    Node[] none = {};
    consumer.updatePartitions(
        TOPIC, List.of(new PartitionInfo(TOPIC, PARTITION.partition(), Node.noNode(), none, none)));
    return consumer;
  }

  private void send(long offset, String node, String name) {
    send(offset, node, new CaptureCommand.Stop(Requests.id(name), node, CaptureEnd.CANCELLED));
  }

  private void start(long offset, String name) {
    send(offset, Requests.NODE, new CaptureCommand.Start(Requests.forContainer(name)));
  }

  private void send(long offset, String node, CaptureCommand command) {
    kafka.schedulePollTask(() ->
        kafka.addRecord(
            new ConsumerRecord<>(TOPIC, PARTITION.partition(), offset, node, Json.write(command))));
  }

  private long committed() {
    OffsetAndMetadata offset = kafka.committed(Set.of(PARTITION)).get(PARTITION);
    return offset == null ? 0 : offset.offset();
  }
}
