package io.alertcap.foundation.kafka;

import io.alertcap.foundation.kafka.KafkaSettings.TopicCreation;
import io.alertcap.foundation.kafka.TopicState.NotReady;
import io.alertcap.foundation.kafka.TopicState.Ready;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Finds a topic, creates it where it is missing and the configuration says so, and asks whether it
 * may be used: somebody who may not write is to learn it at the start, and not with the first
 * alert.
 */
public final class Topics {

  /** An alert's command is of no use a day later. */
  static final Duration COMMANDS_KEPT = Duration.ofDays(1);

  /** The record of captures is rebuilt from events: so far back can it be. */
  static final Duration EVENTS_KEPT = Duration.ofDays(30);

  /**
   * Of each key the last one. A segment that is written to is not compacted: without small ones a
   * service that starts would read what a thousand nodes have said in a week.
   */
  static final Map<String, String> COMPACTED =
      Map.of(
          TopicConfig.CLEANUP_POLICY_CONFIG,
          TopicConfig.CLEANUP_POLICY_COMPACT,
          TopicConfig.SEGMENT_MS_CONFIG,
          Long.toString(Duration.ofMinutes(10).toMillis()),
          TopicConfig.SEGMENT_BYTES_CONFIG,
          Integer.toString(16 << 20),
          TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
          "0.1");

  private final KafkaSettings settings;
  private final Admin admin;

  /** The admin client stays the caller's to close. */
  public Topics(KafkaSettings settings, Admin admin) {
    this.settings = settings;
    this.admin = admin;
  }

  /**
   * Looks for a topic. Blocks, in all for no longer than 15 s.
   *
   * @param topic one of those of the settings
   * @param needed what this user has to be allowed to do with it
   */
  public TopicState check(String topic, AclOperation needed) {
    try {
      Optional<TopicDescription> found = describe(topic);
      if (found.isEmpty() && settings.topicCreation().isPresent()) {
        Optional<TopicState> refusal = create(topic, settings.topicCreation().get());
        if (refusal.isPresent()) {
          return refusal.get();
        }
        found = describe(topic);
      }
      return found.map(it -> state(it, needed)).orElseGet(() -> missing(topic));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new NotReady("interrupted while asking Kafka for its topics");
    } catch (TimeoutException e) {
      return unusable("no answer within " + ClientProperties.ADMIN_PATIENCE.toSeconds() + " s");
    } catch (ExecutionException e) {
      return failed(e.getCause() == null ? e : e.getCause(), topic, needed);
    }
  }

  private NotReady failed(Throwable cause, String topic, AclOperation needed) {
    return switch (cause) {
      case TopicAuthorizationException unseen -> at(KafkaFailures.refused(needed, topic));
      case AuthenticationException login -> at(KafkaFailures.sentence(login, needed));
      default -> unusable(cause.toString());
    };
  }

  private NotReady at(String sentence) {
    return new NotReady(settings.servers() + ": " + sentence);
  }

  private NotReady unusable(String reason) {
    return new NotReady(
        "Kafka at %s cannot be used (%s); check kafka.bootstrapServers, kafka.properties and the brokers"
            .formatted(settings.servers(), reason));
  }

  /** Brokers that do not know what a user may do say nothing of it. */
  private TopicState state(TopicDescription found, AclOperation needed) {
    Set<AclOperation> allowed = Objects.requireNonNullElse(found.authorizedOperations(), Set.of());
    return allowed.isEmpty() || allowed.contains(needed)
        ? new Ready(found.partitions().size(), found.topicId().toString())
        : at(KafkaFailures.refused(needed, found.name()));
  }

  private NotReady missing(String topic) {
    return new NotReady(
        "missing on Kafka at %s: %s; %s"
            .formatted(
                settings.servers(),
                topic,
                settings.topicCreation().isPresent()
                    ? "created, and not yet known to every broker"
                    : "create it, or set kafka.createTopics: true"));
  }

  private Optional<TopicDescription> describe(String topic)
      throws InterruptedException, ExecutionException, TimeoutException {
    DescribeTopicsOptions options = new DescribeTopicsOptions().includeAuthorizedOperations(true);
    try {
      return Optional.of(answer(admin.describeTopics(List.of(topic), options).allTopicNames()))
          .map(found -> found.get(topic));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Says why it may not, if so. */
  private Optional<TopicState> create(String topic, TopicCreation creation)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      answer(admin.createTopics(List.of(newTopic(topic, creation))).all());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException) {
        return Optional.of(
            at(topic + " is missing, and " + KafkaFailures.refused(AclOperation.CREATE, "it")));
      }
      if (!(e.getCause() instanceof TopicExistsException)) { // another replica was faster
        throw e;
      }
    }
    return Optional.empty();
  }

  private NewTopic newTopic(String name, TopicCreation creation) {
    Map<String, String> configuration = new HashMap<>(keeping(name));
    if (creation.replicationFactor().orElse(1) >= 3) {
      configuration.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2");
    }
    return new NewTopic(
            name,
            Optional.of(creation.partitions()),
            creation.replicationFactor().map(Integer::shortValue))
        .configs(configuration);
  }

  private Map<String, String> keeping(String topic) {
    if (topic.equals(settings.nodesTopic())) {
      return COMPACTED;
    }
    Duration kept = topic.equals(settings.commandsTopic()) ? COMMANDS_KEPT : EVENTS_KEPT;
    return Map.of(
        TopicConfig.CLEANUP_POLICY_CONFIG,
        TopicConfig.CLEANUP_POLICY_DELETE,
        TopicConfig.RETENTION_MS_CONFIG,
        Long.toString(kept.toMillis()));
  }

  private static <T> T answer(KafkaFuture<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.get(ClientProperties.ADMIN_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }
}
