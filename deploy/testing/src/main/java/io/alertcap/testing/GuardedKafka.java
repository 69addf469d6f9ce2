package io.alertcap.testing;

import io.alertcap.embedded.BrokerUsers;
import io.alertcap.embedded.CannotStartException;
import io.alertcap.embedded.EmbeddedBroker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A real broker at which each user may do what it has been granted, and nothing else. */
public final class GuardedKafka implements AutoCloseable {

  private static final String ADMINISTRATOR = "administrator";
  private static final long PATIENCE_SECONDS = 30;

  private final ScratchDirectory directory = ScratchDirectory.create("guarded-kafka");
  private final BrokerUsers users;
  private final EmbeddedBroker broker;
  private final Admin admin;

  private GuardedKafka(BrokerUsers users) throws CannotStartException {
    this.users = users;
    this.broker = EmbeddedBroker.start(directory.path(), 0, users);
    Map<String, Object> properties = new HashMap<>(users.clientProperties(ADMINISTRATOR));
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
    this.admin = Admin.create(properties);
  }

  /** Starts one; blocks until it takes requests. */
  public static GuardedKafka start(Map<String, String> passwords) {
    Map<String, String> all = new HashMap<>(passwords);
    all.put(ADMINISTRATOR, "password-of-the-administrator");
    try {
      return new GuardedKafka(new BrokerUsers(all, ADMINISTRATOR));
    } catch (CannotStartException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The {@code bootstrap.servers} of the broker. */
  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** What {@code kafka.properties} has to say for a user. */
  public Map<String, String> clientProperties(String user) {
    return users.clientProperties(user);
  }

  /** Makes an empty topic. */
  public void createTopic(String name, int partitions) {
    done(admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all());
  }

  /** Removes every topic that clients have made. */
  public void deleteTopics(List<String> names) {
    done(admin.deleteTopics(names).all());
  }

  /** The values of all records that a topic of one partition holds, as text. */
  public String values(String topic) {
    Properties properties = new Properties();
    properties.putAll(users.clientProperties(ADMINISTRATOR));
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
    StringBuilder values = new StringBuilder();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(message -> values.append(message.value()).append('\n'));
      }
    }
    return values.toString();
  }

  /** Lets a user do something. */
  public void grant(String user, AclOperation operation, ResourcePattern resource) {
    done(
        admin
            .createAcls(
                List.of(
                    new AclBinding(
                        resource,
                        new AccessControlEntry(
                            "User:" + user, "*", operation, AclPermissionType.ALLOW))))
            .all());
  }

  /** Takes every grant back. */
  public void grantNothing() {
    done(admin.deleteAcls(List.of(AclBindingFilter.ANY)).all());
  }

  @Override
  public void close() {
    admin.close();
    broker.close();
    directory.close();
  }

  private static void done(KafkaFuture<?> answer) {
    try {
      answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }
}
