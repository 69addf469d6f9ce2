package io.alertcap.foundation.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.embedded.EmbeddedBroker;
import io.alertcap.foundation.config.HostPort;
import io.alertcap.foundation.kafka.KafkaSettings.TopicCreation;
import io.alertcap.foundation.kafka.TopicState.Ready;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A topic that was made a moment ago, with many partitions and a burst of records at once. */
@Timeout(60)
class FreshTopicIT {

  private static final StringSerializer TEXT = new StringSerializer();
  private static final int PARTITIONS = 64;
  private static final int RECORDS = 3_000;

  @Test
  void takesEveryRecordAsSoonAsItIsSaidToBeReady(@TempDir Path directory) throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
      KafkaSettings settings =
          new KafkaSettings(
              List.of(HostPort.parse(broker.bootstrapServers())),
              "alertcap.commands",
              "alertcap.events",
              "alertcap.nodes",
              Optional.of(new TopicCreation(PARTITIONS, Optional.empty())),
              Map.of());
      try (Admin admin = Admin.create(ClientProperties.admin(settings, "test"));
          KafkaProducer<String, String> producer =
              new KafkaProducer<>(ClientProperties.producer(settings, "test"), TEXT, TEXT)) {
        await()
            .until(() ->
                new Topics(settings, admin).check("alertcap.commands", AclOperation.WRITE)
                    instanceof Ready);

        List<Future<RecordMetadata>> answers = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
          answers.add(
              producer.send(
                  new ProducerRecord<>("alertcap.commands", "node-" + i, "x".repeat(1_000))));
        }

        assertThat(answers).allSatisfy(FreshTopicIT::isAcknowledged);
      }
    }
  }

  private static void isAcknowledged(Future<RecordMetadata> answer)
      throws ExecutionException, InterruptedException {
    assertThat(answer.get().hasOffset()).isTrue();
  }
}
