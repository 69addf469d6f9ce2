package io.alertcap.foundation.kafka;

import java.util.Locale;
import java.util.TreeSet;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/** Says what a Kafka client has thrown, and which setting to look at. */
public final class KafkaFailures {

  private KafkaFailures() {}

  /**
   * A sentence without its full stop, so that it can be a part of another one.
   *
   * @param tried with a topic, in the words of Kafka's rights
   */
  public static String sentence(Throwable failure, AclOperation tried) {
    return switch (failure) {
      case TopicAuthorizationException topics ->
          refused(tried, String.join(", ", new TreeSet<>(topics.unauthorizedTopics())));
      case GroupAuthorizationException group ->
          refused(AclOperation.READ, "the group " + group.groupId());
      case ClusterAuthorizationException anyTopic -> refused(tried, "any topic");
      case SslAuthenticationException tls ->
          "TLS with Kafka fails (%s): check ssl.truststore.* and ssl.keystore.* of kafka.properties"
              .formatted(root(tls));
      case AuthenticationException login ->
          "Kafka does not take this user's credentials (%s): check sasl.* of kafka.properties"
              .formatted(root(login));
      default -> root(failure);
    };
  }

  /** What to say where the constructor of a client has thrown; as {@link #sentence}. */
  public static String unmakeable(KafkaException failure) {
    return "no Kafka client can be made (%s): check kafka.properties".formatted(root(failure));
  }

  /** What to say of a right that is missing; as {@link #sentence}. */
  static String refused(AclOperation operation, String resource) {
    return "Kafka does not let this user %s %s: give it the right %s, as docs/operations.md says, or set kafka.properties to another user"
        .formatted(name(operation).toLowerCase(Locale.ROOT), resource, name(operation));
  }

  /** As {@code kafka-acls --operation} takes it. */
  private static String name(AclOperation operation) {
    String name = operation.name();
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }

  /** Kafka says "Failed to construct kafka consumer", and why in a cause. */
  private static String root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
