package io.alertcap.trigger.dispatch;

import static io.alertcap.trigger.Requests.NOON;
import static io.alertcap.trigger.Requests.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.foundation.config.Secret;
import io.alertcap.foundation.signature.SigningKey;
import io.alertcap.schemas.CaptureCommand;
import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureRequest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class DispatcherTest {

  private final MockProducer<String, byte[]> kafka = producer(false);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void sendsEveryCommandBeforeAnyEvent() {
    MockProducer<String, byte[]> willing = producer(true);

    Dispatch outcome =
        dispatcher(willing).dispatch(List.of(request("a"), request("b")), tenSeconds());

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Dispatch.Accepted.class, accepted -> assertThat(accepted.events()).hasSize(2));
    assertThat(willing.history())
        .extracting(DispatcherTest::summary)
        .containsExactly(
            "commands worker-1 start",
            "commands worker-1 start",
            "events " + request("a").id() + " requested",
            "events " + request("b").id() + " requested");
  }

  @Test
  void tellsNobodyOfACaptureBeforeItsCommandIsAcknowledged() {
    Future<Dispatch> outcome = dispatchInBackground(List.of(request("a")));

    await().until(() -> kafka.history().size() == 1);
    assertThat(kafka.history()).extracting(ProducerRecord::topic).containsExactly("commands");

    kafka.completeNext();
    await().until(() -> kafka.history().size() == 2);
    assertThat(outcome.isDone()).isFalse();

    kafka.completeNext();
    assertThat(outcome).succeedsWithin(Duration.ofSeconds(5)).isInstanceOf(Dispatch.Accepted.class);
  }

  @Test
  void isUnavailableIfACommandIsRefusedAndSendsNoEvent() {
    Future<Dispatch> outcome = dispatchInBackground(List.of(request("a"), request("b")));
    await().until(() -> kafka.history().size() == 2);

    kafka.completeNext();
    kafka.errorNext(new TimeoutException("expired"));

    assertThat(outcome)
        .succeedsWithin(Duration.ofSeconds(5))
        .isEqualTo(new Dispatch.Unavailable("Kafka did not take the command: expired"));
    assertThat(kafka.history()).extracting(ProducerRecord::topic).doesNotContain("events");
  }

  @Test
  void triesNoSecondCommandWhereTheFirstFindsNoBroker() {
    kafka.sendException = new TimeoutException("Topic commands not present in metadata");

    assertThat(dispatcher(kafka).dispatch(List.of(request("a"), request("b")), tenSeconds()))
        .isInstanceOf(Dispatch.Unavailable.class);
    assertThat(kafka.history()).isEmpty();
  }

  @Test
  void isUnavailableOnceTheDeadlineIsPast() {
    Deadline deadline = Deadline.in(Duration.ofMillis(50));

    assertThat(dispatcher(kafka).dispatch(List.of(request("a")), deadline))
        .isEqualTo(new Dispatch.Unavailable("Kafka did not acknowledge in time"));
    assertThat(deadline.remaining()).isZero();
  }

  @Test
  void saysThatACommandIsTooLargeSinceARetryWouldBeToo() {
    kafka.sendException = new RecordTooLargeException("2 MB");

    assertThat(dispatcher(kafka).dispatch(List.of(request("a")), tenSeconds()))
        .isInstanceOf(Dispatch.TooLarge.class);
  }

  @Test
  void isUnavailableAfterTheProducerIsClosed() {
    kafka.close();

    assertThat(dispatcher(kafka).dispatch(List.of(request("a")), tenSeconds()))
        .isInstanceOf(Dispatch.Unavailable.class);
  }

  @Test
  void stopsWaitingWhenInterruptedAndKeepsTheInterrupt() {
    Thread.currentThread().interrupt();

    assertThat(dispatcher(kafka).dispatch(List.of(request("a")), tenSeconds()))
        .isEqualTo(new Dispatch.Unavailable("the service is stopping"));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void measuresByOutcome() {
    var unused = dispatcher(producer(true)).dispatch(List.of(request("a")), tenSeconds());

    assertThat(meters.get("alertcap.dispatch").tag("outcome", "accepted").timer().count()).isOne();
  }

  @Test
  void signsEveryCommandWhereItHasAKey() {
    MockProducer<String, byte[]> producer = producer(true);
    Dispatcher.Route route =
        new Dispatcher.Route(
            "commands",
            "events",
            "/alertcap/trigger/test",
            Optional.of(
                SigningKey.of(
                    new Secret(
                        "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINu62sbjydMSk4F5Ohw1uirY4n/pjZpFpyk2pU9kMkBd\n-----END PRIVATE KEY-----"))));
    CaptureCommand.Stop stop =
        new CaptureCommand.Stop(request("b").id(), "worker-1", CaptureEnd.RESOLVED);

    var unused =
        new Dispatcher(producer, route, Clock.fixed(NOON, ZoneOffset.UTC), meters)
            .dispatch(List.of(request("a")), List.of(stop), tenSeconds());

    assertThat(producer.history())
        .filteredOn(message -> message.topic().equals("commands"))
        .hasSize(2)
        .allMatch(message -> message.headers().lastHeader("alertcap-signature") != null);
    assertThat(producer.history())
        .filteredOn(message -> message.topic().equals("events"))
        .hasSize(1)
        .allMatch(message -> message.headers().lastHeader("alertcap-signature") == null);
  }

  private Future<Dispatch> dispatchInBackground(List<CaptureRequest> requests) {
    return CompletableFuture.supplyAsync(() -> dispatcher(kafka).dispatch(requests, tenSeconds()));
  }

  private Dispatcher dispatcher(MockProducer<String, byte[]> producer) {
    return new Dispatcher(
        producer,
        new Dispatcher.Route("commands", "events", "/alertcap/trigger/test", Optional.empty()),
        Clock.fixed(NOON, ZoneOffset.UTC),
        meters);
  }

  private static MockProducer<String, byte[]> producer(boolean acknowledgesAtOnce) {
    return new MockProducer<>(
        acknowledgesAtOnce, null, new StringSerializer(), new ByteArraySerializer());
  }

  private static Deadline tenSeconds() {
    return Deadline.in(Duration.ofSeconds(10));
  }

  private static String summary(ProducerRecord<String, byte[]> message) {
    String type = new String(message.headers().lastHeader("ce_type").value(), UTF_8);
    return message.topic() + " " + message.key() + " " + type.replaceAll(".*\\.", "");
  }
}
