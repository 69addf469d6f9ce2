package io.alertcap.capturer.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.capturer.fixture.Requests;
import io.alertcap.capturer.spool.Spool;
import io.alertcap.capturer.spool.SpoolSettings;
import io.alertcap.capturer.spool.SpooledCapture;
import io.alertcap.foundation.config.HostPort;
import io.alertcap.foundation.health.Health;
import io.alertcap.foundation.kafka.ClientProperties;
import io.alertcap.foundation.kafka.KafkaSettings;
import io.alertcap.foundation.kafka.TopicState;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.testing.KafkaExtension;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that are larger than what a real broker takes, by default or by its configuration. */
@Timeout(60)
class LargeEventIT {

  @RegisterExtension static final KafkaExtension kafka = new KafkaExtension();

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {1_048_588, 60_000})
  void arePublishedAllTheSame(int mostBytes) throws Exception {
    String topic = "events-" + mostBytes;
    KafkaSettings settings =
        new KafkaSettings(
            List.of(HostPort.parse(kafka.bootstrapServers())),
            "commands",
            topic,
            "nodes",
            Optional.empty(),
            Map.of());
    create(settings, mostBytes);
    CaptureRequest request = LargestEvent.request(4096);
    Health health = new Health();
    try (Spool spool = Spool.open(SpoolSettings.in(directory), Clock.systemUTC());
        EventPublisher publisher =
            new EventPublisher(
                () ->
                    new KafkaProducer<>(
                        ClientProperties.producer(settings, "test"),
                        new StringSerializer(),
                        new ByteArraySerializer()),
                topic,
                () -> new TopicState.Ready(1, "topic"),
                "/alertcap/node/" + Requests.NODE,
                spool,
                health.readiness("events"),
                health.heartbeat("events", Duration.ofMinutes(2)))) {
      SpooledCapture capture = spool.accept(request);
      capture.record(
          new CaptureEvent.Started(request, Instant.now(), "eth0", "EN10MB", Instant.now()));
      capture.record(new CaptureEvent.Captured(request, Instant.now(), LargestEvent.result()));
      capture.record(LargestEvent.completed(request));

      publisher.start();

      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(spool.find(request.id())).isEmpty());
      assertThat(health.ready().checks()).containsEntry("events", "ready");
    }
  }

  private static void create(KafkaSettings settings, int mostBytes) throws Exception {
    try (Admin admin = Admin.create(ClientProperties.admin(settings, "test"))) {
      NewTopic topic =
          new NewTopic(settings.eventsTopic(), 1, (short) 1)
              .configs(Map.of("max.message.bytes", Integer.toString(mostBytes)));
      var unused = admin.createTopics(List.of(topic)).all().get();
    }
  }
}
