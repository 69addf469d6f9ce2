package io.alertcap.foundation.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import io.alertcap.foundation.config.HostPort;
import io.alertcap.foundation.kafka.KafkaSettings.TopicCreation;
import io.alertcap.foundation.kafka.TopicState.NotReady;
import io.alertcap.foundation.kafka.TopicState.Ready;
import io.alertcap.testing.KafkaExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TopicsIT {

  @RegisterExtension static final KafkaExtension broker = new KafkaExtension();

  private static KafkaSettings settings(
      String server, String name, Optional<TopicCreation> creation) {
    return new KafkaSettings(
        List.of(HostPort.parse(server)),
        name + ".commands",
        name + ".events",
        name + ".nodes",
        creation,
        Map.of());
  }

  private static Optional<TopicCreation> creation(int partitions) {
    return Optional.of(new TopicCreation(partitions, Optional.of(1)));
  }

  private static TopicState check(KafkaSettings settings) {
    return check(settings, settings.commandsTopic());
  }

  private static TopicState check(KafkaSettings settings, String topic) {
    try (Admin admin = Admin.create(ClientProperties.admin(settings, "topics-it"))) {
      return new Topics(settings, admin).check(topic, AclOperation.READ);
    }
  }

  @Test
  void createsWhatIsMissing() throws ExecutionException, InterruptedException {
    KafkaSettings settings = settings(broker.bootstrapServers(), "new", creation(3));

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(partitions(check(settings))).isEqualTo(3));
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(partitions(check(settings, "new.events"))).isEqualTo(3));

    assertThat(retention(settings, "new.commands")).isEqualTo("86400000");
    assertThat(retention(settings, "new.events")).isEqualTo("2592000000");
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(partitions(check(settings, "new.nodes"))).isEqualTo(3));
    assertThat(configuration(settings, "new.nodes", "cleanup.policy")).isEqualTo("compact");
  }

  @Test
  void leavesWhatIsThereAsItIs() {
    await()
        .until(
            () -> check(settings(broker.bootstrapServers(), "kept", creation(2))) instanceof Ready);

    assertThat(partitions(check(settings(broker.bootstrapServers(), "kept", creation(5)))))
        .isEqualTo(2);
    assertThat(partitions(check(settings(broker.bootstrapServers(), "kept", Optional.empty()))))
        .isEqualTo(2);
  }

  private static int partitions(TopicState state) {
    return state instanceof Ready(int partitions, String id) ? partitions : 0;
  }

  @Test
  void saysWhatToDoWhereNothingMayBeCreated() {
    String server = broker.bootstrapServers();

    assertThat(check(settings(server, "absent", Optional.empty())))
        .isEqualTo(
            new NotReady(
                "missing on Kafka at "
                    + server
                    + ": absent.commands; create it, or set kafka.createTopics: true"));
  }

  @Test
  void saysWhyKafkaCannotBeUsed() {
    KafkaSettings unreachable = settings("127.0.0.1:1", "any", creation(1));
    KafkaSettings tooFewBrokers =
        settings(
            broker.bootstrapServers(), "wide", Optional.of(new TopicCreation(1, Optional.of(3))));

    assertThat(check(unreachable))
        .asInstanceOf(type(NotReady.class))
        .extracting(NotReady::reason)
        .asString()
        .startsWith("Kafka at 127.0.0.1:1 cannot be used (");
    assertThat(check(tooFewBrokers))
        .asInstanceOf(type(NotReady.class))
        .extracting(NotReady::reason)
        .asString()
        .contains("InvalidReplicationFactorException");
  }

  private static String retention(KafkaSettings settings, String topic)
      throws ExecutionException, InterruptedException {
    return configuration(settings, topic, "retention.ms");
  }

  private static String configuration(KafkaSettings settings, String topic, String name)
      throws ExecutionException, InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try (Admin admin = Admin.create(ClientProperties.admin(settings, "topics-it"))) {
      Config config =
          admin.describeConfigs(List.of(resource)).all().get().values().iterator().next();
      return config.get(name).value();
    }
  }
}
