package io.alertcap.trigger.record;

import static io.alertcap.trigger.Events.requested;
import static io.alertcap.trigger.Events.started;
import static io.alertcap.trigger.Requests.NOON;
import static io.alertcap.trigger.Requests.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.foundation.health.Health;
import io.alertcap.foundation.kafka.TopicState;
import io.alertcap.schemas.Access;
import io.alertcap.schemas.AccessEvent;
import io.alertcap.schemas.Accesses;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureStatus;
import io.alertcap.schemas.json.EventMessage;
import io.alertcap.schemas.json.EventReader;
import io.alertcap.schemas.json.Reading;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class EventFollowerTest {

  private static final String TOPIC = "alertcap.events";
  private static final TopicPartition FIRST = new TopicPartition(TOPIC, 0);
  private static final TopicPartition SECOND = new TopicPartition(TOPIC, 1);

  private final MockConsumer<String, EventMessage> kafka = new MockConsumer<>("earliest");
  private final CaptureRecords records = TemporaryRecords.open(Clock.fixed(NOON, ZoneOffset.UTC));
  private final Health health = new Health();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Map<TopicPartition, Long> written = new HashMap<>();

  private volatile TopicState topics = new TopicState.Ready(1, "topic");
  private EventFollower follower;

  @BeforeEach
  void startsWithOneEvent() {
    kafka.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L));
    kafka.updateEndOffsets(Map.of(FIRST, 1L, SECOND, 0L));
    follower =
        EventFollower.start(
            new EventSource(kafka, TOPIC, () -> topics),
            records,
            health,
            meters,
            Duration.ofMillis(20));
    await().until(() -> kafka.assignment().contains(FIRST));
  }

  @AfterEach
  void closes() {
    follower.close();
  }

  @Test
  void isReadyOnceItHasReadWhatWasThereAtTheStart() {
    assertThat(follower.caughtUp()).isFalse();
    assertThat(health.ready().passing()).isFalse();

    write(FIRST, requested(request("a")));

    await().until(follower::caughtUp);
    await().until(() -> health.ready().passing());
    assertThat(records.count(CaptureStatus.REQUESTED)).isOne();
  }

  @Test
  void readsOnForEver() {
    write(FIRST, requested(request("a")));
    await().until(follower::caughtUp);

    write(FIRST, started(request("a")));

    await().until(() -> records.count(CaptureStatus.STARTED) == 1);
    assertThat(meters.get("alertcap.events.consumed").tag("type", "started").counter().count())
        .isOne();
  }

  @Test
  void skipsAndCountsWhatCannotBeRead() {
    write(
        FIRST,
        new EventMessage.Malformed(new Reading.Invalid<>("request.target.pod", "is missing")));
    write(FIRST, requested(request("a")));

    await().until(() -> records.count(CaptureStatus.REQUESTED) == 1);
    assertThat(meters.get("alertcap.events.malformed").counter().count()).isOne();
  }

  @Test
  void foldsWhoWasGivenAFileIntoTheRecordThatThereIs() {
    CaptureRequest request = request("a");
    Access access = new Access(NOON.plusSeconds(90), Optional.of("operators"), "pcap");
    write(FIRST, new EventMessage.Accessed(new AccessEvent(request("gone").id(), access)));
    write(FIRST, requested(request));
    write(FIRST, new EventMessage.Accessed(new AccessEvent(request.id(), access)));

    await().until(() -> records.find(request.id()).flatMap(CaptureRecord::accesses).isPresent());

    CaptureRecord record = records.find(request.id()).orElseThrow();
    assertThat(record.accesses()).contains(new Accesses(1, List.of(access)));
    assertThat(record.status()).isEqualTo(CaptureStatus.REQUESTED);
    assertThat(records.find(request("gone").id())).isEmpty();
  }

  @Test
  void leavesOutATypeThatANewerVersionWrites() {
    write(
        FIRST,
        new EventReader()
            .readMessage("{\"type\":\"annotated\",\"id\":\"x\",\"by\":\"me\"}".getBytes(UTF_8)));
    write(FIRST, requested(request("a")));

    await().until(() -> records.count(CaptureStatus.REQUESTED) == 1);
    assertThat(meters.get("alertcap.events.malformed").counter().count()).isZero();
    assertThat(meters.get("alertcap.events.consumed").tag("type", "unknown").counter().count())
        .isOne();
  }

  /** Whatever it is: at the next start it would be read again, and end that, too. */
  @Test
  void skipsAnEventThatMeetsAMistakeOfOurs() {
    records.onChange(capture -> {
      if (capture.target().orElseThrow().pod().equals("poison")) {
        throw new IllegalStateException("nobody thought of this");
      }
    });
    write(FIRST, requested(request("poison")));
    write(FIRST, requested(request("a")));

    await().until(() -> records.find(request("a").id()).isPresent());
    await().until(follower::caughtUp);
    assertThat(health.alive().passing()).isTrue();
  }

  @Test
  void noticesNewPartitionsAndKeepsItsPlaceInTheOthers() {
    write(FIRST, requested(request("a")));
    await().until(follower::caughtUp);

    topics = new TopicState.Ready(2, "topic");
    await().until(() -> kafka.assignment().contains(SECOND));
    write(SECOND, requested(request("b")));

    await().until(() -> records.count(CaptureStatus.REQUESTED) == 2);
    assertThat(meters.get("alertcap.events.consumed").tag("type", "requested").counter().count())
        .isEqualTo(2);
  }

  @Test
  void isInterruptedWithoutKafkaAndWholeAgainByItself() {
    write(FIRST, requested(request("a")));
    await().until(() -> health.ready().passing());

    topics = new TopicState.NotReady("Kafka at kafka:9092 cannot be used");
    await()
        .untilAsserted(() ->
            assertThat(health.ready().checks())
                .containsEntry("events", "ready, but Kafka at kafka:9092 cannot be used"));
    assertThat(health.ready().passing()).isTrue();
    assertThat(follower.caughtUp()).isTrue();

    topics = new TopicState.Ready(1, "topic");
    await().until(() -> health.ready().checks().containsValue("ready"));
  }

  @Test
  void outlivesWhatTheConsumerThrows() {
    kafka.setPollException(new KafkaException("no route"));

    write(FIRST, requested(request("a")));

    await().until(() -> records.count(CaptureStatus.REQUESTED) == 1);
    await().until(() -> health.ready().passing());
  }

  @Test
  void asksAgainForEndsThatItDoesNotReach() {
    kafka.updateEndOffsets(Map.of(FIRST, 0L, SECOND, 0L)); // the topic was deleted and recreated

    await().until(follower::caughtUp);
  }

  @Test
  void readsAllAgainWhereTheTopicIsAnother() {
    write(FIRST, requested(request("a")));
    await().until(follower::caughtUp);

    topics = new TopicState.Ready(1, "another");
    kafka.updateEndOffsets(Map.of(FIRST, 2L, SECOND, 0L));

    await().until(() -> records.count(CaptureStatus.REQUESTED) == 0);
    assertThat(follower.caughtUp()).isFalse();
    write(FIRST, requested(request("b")));
    await().until(follower::caughtUp);
    assertThat(records.find(request("b").id())).isPresent();
  }

  @Test
  void readsAllAgainWhereTheRecordIsDamaged() {
    write(FIRST, requested(request("a")));
    await().until(follower::caughtUp);

    records.distrust();

    await().until(() -> records.count(CaptureStatus.REQUESTED) == 0);
    assertThat(follower.caughtUp()).isFalse();
  }

  @Test
  void closesItsConsumer() {
    follower.close();

    assertThat(kafka.closed()).isTrue();
  }

  private void write(TopicPartition partition, CaptureEvent event) {
    write(partition, new EventMessage.Step(event));
  }

  private void write(TopicPartition partition, EventMessage value) {
    long offset = written.merge(partition, 1L, Long::sum) - 1;
    kafka.addRecord(new ConsumerRecord<>(TOPIC, partition.partition(), offset, "key", value));
  }
}
