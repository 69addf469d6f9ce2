package io.alertcap.foundation.kafka;

import io.alertcap.foundation.kafka.KafkaSettings.TopicCreation;
import io.alertcap.foundation.kafka.TopicState.NotReady;
import io.alertcap.foundation.kafka.TopicState.Ready;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Finds the topics, and creates those that are missing where the configuration says so. */
public final class Topics {

  /** An alert's command is of no use a day later. */
  static final Duration COMMANDS_KEPT = Duration.ofDays(1);

  /** The record of captures is rebuilt from events: so far back can it be. */
  static final Duration EVENTS_KEPT = Duration.ofDays(30);

  private final KafkaSettings settings;
  private final Admin admin;

  /** The admin client stays the caller's to close. */
  public Topics(KafkaSettings settings, Admin admin) {
    this.settings = settings;
    this.admin = admin;
  }

  /**
   * Looks for both topics and creates what is missing and may be created. Blocks, in all for no
   * longer than 15 s.
   */
  public TopicState check() {
    try {
      Map<String, Integer> found = partitions();
      if (found.size() < 2 && settings.topicCreation().isPresent()) {
        create(settings.topicCreation().get(), found);
        found = partitions();
      }
      return state(found);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new NotReady("interrupted while asking Kafka for its topics");
    } catch (TimeoutException e) {
      return unreachable("no answer within " + ClientProperties.ADMIN_PATIENCE.toSeconds() + " s");
    } catch (ExecutionException e) {
      return e.getCause() instanceof AuthorizationException denied
          ? notAllowed(denied)
          : unreachable(e.getCause() == null ? e.toString() : e.getCause().toString());
    }
  }

  private NotReady notAllowed(AuthorizationException denied) {
    return new NotReady(
        "Kafka at %s does not allow this user what is needed on %s and %s (%s); give it the rights of docs/operations.md, or set kafka.properties to another user"
            .formatted(
                settings.servers(),
                settings.commandsTopic(),
                settings.eventsTopic(),
                denied.getMessage()));
  }

  private NotReady unreachable(String reason) {
    return new NotReady(
        "Kafka at "
            + settings.servers()
            + " cannot be used ("
            + reason
            + "); check kafka.bootstrapServers, kafka.properties and the brokers");
  }

  private TopicState state(Map<String, Integer> found) {
    Optional<Integer> commands = Optional.ofNullable(found.get(settings.commandsTopic()));
    Optional<Integer> events = Optional.ofNullable(found.get(settings.eventsTopic()));
    if (commands.isPresent() && events.isPresent()) {
      return new Ready(commands.get(), events.get());
    }
    List<String> missing =
        new ArrayList<>(List.of(settings.commandsTopic(), settings.eventsTopic()));
    missing.removeAll(found.keySet());
    return new NotReady(
        "missing on Kafka at "
            + settings.servers()
            + ": "
            + String.join(", ", missing)
            + (settings.topicCreation().isPresent()
                ? "; created, and not yet known to every broker"
                : "; create them, or set kafka.createTopics: true"));
  }

  /** Of the topics that exist. */
  private Map<String, Integer> partitions()
      throws InterruptedException, ExecutionException, TimeoutException {
    var descriptions =
        admin.describeTopics(List.of(settings.commandsTopic(), settings.eventsTopic()));
    Map<String, Integer> found = new HashMap<>();
    for (var topic : descriptions.topicNameValues().entrySet()) {
      try {
        found.put(topic.getKey(), answer(topic.getValue()).partitions().size());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
      }
    }
    return found;
  }

  private void create(TopicCreation creation, Map<String, Integer> found)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<NewTopic> topics =
        new ArrayList<>(
            List.of(
                topic(settings.commandsTopic(), COMMANDS_KEPT, creation),
                topic(settings.eventsTopic(), EVENTS_KEPT, creation)));
    topics.removeIf(topic -> found.containsKey(topic.name()));
    for (KafkaFuture<Void> created : admin.createTopics(topics).values().values()) {
      try {
        answer(created);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) { // another replica was faster
          throw e;
        }
      }
    }
  }

  private static NewTopic topic(String name, Duration kept, TopicCreation creation) {
    Map<String, String> configuration = new HashMap<>();
    configuration.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
    configuration.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(kept.toMillis()));
    if (creation.replicationFactor().orElse(1) >= 3) {
      configuration.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2");
    }
    return new NewTopic(
            name,
            Optional.of(creation.partitions()),
            creation.replicationFactor().map(Integer::shortValue))
        .configs(configuration);
  }

  private static <T> T answer(KafkaFuture<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.get(ClientProperties.ADMIN_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }
}
