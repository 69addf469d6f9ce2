package io.alertcap.testing;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * A real Kafka broker for a test class: started before the first class that asks, shared by all of
 * this JVM's, stopped after the last.
 *
 * <pre>{@code
 * @RegisterExtension static final KafkaExtension kafka = new KafkaExtension();
 * }</pre>
 *
 * <p>It is the embedded broker, or with {@code -Dalertcap.test.kafka=container} the project's own
 * image of Apache Kafka; where that cannot be had, the class is skipped with the reason.
 */
public final class KafkaExtension implements BeforeAllCallback {
  private static final String CHOICE = "alertcap.test.kafka";
  private static final long ADMIN_TIMEOUT_SECONDS = 30;

  private @Nullable TestBroker broker;

  @Override
  public void beforeAll(ExtensionContext context) {
    broker =
        context
            .getRoot()
            .getStore(Namespace.create(KafkaExtension.class))
            .computeIfAbsent(TestBroker.class, unused -> chosen(), TestBroker.class);
  }

  /** The {@code bootstrap.servers} of the broker. */
  public String bootstrapServers() {
    if (broker == null) {
      throw new IllegalStateException("the broker starts before the first test of a class");
    }
    return broker.bootstrapServers();
  }

  /**
   * Makes an empty topic of this name; one that an earlier test left is deleted first. Blocks until
   * the broker has done so.
   */
  public void createTopic(String name, int partitions) {
    try (Admin admin =
        Admin.create(
            Map.<String, Object>of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()))) {
      if (admin.listTopics().names().get(ADMIN_TIMEOUT_SECONDS, TimeUnit.SECONDS).contains(name)) {
        admin.deleteTopics(Set.of(name)).all().get(ADMIN_TIMEOUT_SECONDS, TimeUnit.SECONDS);
      }
      admin
          .createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
          .all()
          .get(ADMIN_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while creating the topic " + name, e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the topic " + name + " was not created", e);
    }
  }

  private static TestBroker chosen() {
    String choice = System.getProperty(CHOICE, "embedded");
    return switch (choice) {
      case "embedded" -> EmbeddedTestBroker.start();
      case "container" -> ContainerTestBroker.start();
      default ->
          throw new IllegalArgumentException(
              "%s is \"%s\"; it can be \"embedded\" or \"container\"".formatted(CHOICE, choice));
    };
  }
}
