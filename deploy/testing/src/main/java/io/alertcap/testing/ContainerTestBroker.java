package io.alertcap.testing;

import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** Apache Kafka's own image, in Docker. */
record ContainerTestBroker(KafkaContainer container) implements TestBroker {
  /** Not of the clients' version: what runs in clusters is older than what is written for them. */
  private static final String IMAGE = "apache/kafka-native:4.1.0";

  static ContainerTestBroker start() {
    Assumptions.assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(),
        "alertcap.test.kafka=container, and there is no Docker here");
    KafkaContainer container = new KafkaContainer(DockerImageName.parse(IMAGE));
    try {
      container.start();
    } catch (ContainerFetchException e) {
      container.close();
      Assumptions.abort("alertcap.test.kafka=container, and " + IMAGE + " cannot be fetched");
    }
    return new ContainerTestBroker(container);
  }

  @Override
  public String bootstrapServers() {
    return container.getBootstrapServers();
  }

  @Override
  public void close() {
    container.close();
  }
}
