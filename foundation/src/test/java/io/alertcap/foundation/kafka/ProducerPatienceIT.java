package io.alertcap.foundation.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.alertcap.embedded.EmbeddedBroker;
import io.alertcap.foundation.config.HostPort;
import io.alertcap.foundation.kafka.KafkaSettings.TopicCreation;
import io.alertcap.foundation.kafka.TopicState.Ready;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProducerPatienceIT {

  private static final StringSerializer TEXT = new StringSerializer();

  @Test
  void givesUpWithinFiveSecondsOnABrokerThatWentAway(@TempDir Path directory) throws Exception {
    EmbeddedBroker broker = EmbeddedBroker.start(directory, 0);
    KafkaSettings settings =
        new KafkaSettings(
            List.of(HostPort.parse(broker.bootstrapServers())),
            "alertcap.commands",
            "alertcap.events",
            "alertcap.nodes",
            Optional.of(new TopicCreation(1, Optional.empty())),
            Map.of());
    try (Admin admin = Admin.create(ClientProperties.admin(settings, "test"))) {
      await()
          .until(() ->
              new Topics(settings, admin).check("alertcap.commands", AclOperation.WRITE)
                  instanceof Ready);
    }
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(ClientProperties.producer(settings, "test"), TEXT, TEXT)) {
      producer.send(new ProducerRecord<>("alertcap.commands", "node", "acknowledged")).get();
      broker.close();
      long begun = System.nanoTime();

      assertThatThrownBy(
              () -> producer.send(new ProducerRecord<>("alertcap.commands", "node", "lost")).get())
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(TimeoutException.class);

      Duration waited = Duration.ofNanos(System.nanoTime() - begun);
      assertThat(waited).isLessThan(Duration.ofSeconds(5));
    }
  }
}
