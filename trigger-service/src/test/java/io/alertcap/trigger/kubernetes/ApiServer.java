package io.alertcap.trigger.kubernetes;

import io.alertcap.foundation.health.Health;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesList;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * fabric8's server with a store behind it, on which answers can be forced besides. Objects of files
 * are from a real cluster.
 */
final class ApiServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ApiServer.class);

  private final Map<ServerRequest, Queue<ServerResponse>> forced = new ConcurrentHashMap<>();
  private final KubernetesMockServer server =
      new KubernetesMockServer(
          new Context(), new MockWebServer(), forced, new KubernetesMixedDispatcher(forced), false);
  private final KubernetesClient client;

  ApiServer() {
    server.init();
    client = server.createClient();
  }

  /** Has what the files of the real cluster say, and the namespaces of their objects. */
  static ApiServer withFixtures() {
    ApiServer server = new ApiServer();
    List.of("nodes.json", "pods.json", "replicasets.json").forEach(server::add);
    return server;
  }

  private void add(String file) {
    try (InputStream json = ApiServer.class.getResourceAsStream("/kubernetes/" + file)) {
      new KubernetesSerialization()
          .unmarshal(Objects.requireNonNull(json), KubernetesList.class)
          .getItems()
          .forEach(this::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void add(HasMetadata object) {
    var unused = client.resource(object).create();
  }

  void replace(HasMetadata object) {
    var unused = client.resource(object).update();
  }

  void delete(HasMetadata object) {
    var unused = client.resource(object).delete();
  }

  KubernetesMockServer server() {
    return server;
  }

  KubernetesClient client() {
    return client;
  }

  Config config() {
    return new ConfigBuilder(client.getConfiguration()).withWatchReconnectInterval(10).build();
  }

  KubernetesCluster open(Health health, MeterRegistry meters, Duration grace, String... only) {
    return KubernetesCluster.open(
        config(),
        new KubernetesSettings(Optional.empty(), Optional.empty(), List.of(only), true),
        health,
        meters,
        Clock.systemUTC(),
        grace);
  }

  static ObjectMetaBuilder named(String namespace, String name) {
    return new ObjectMetaBuilder().withNamespace(namespace).withName(name);
  }

  @Override
  public void close() {
    client.close();
    try {
      server.destroy();
    } catch (IllegalStateException stillWaitingForItself) {
      // WatchEventsListener.onFailure of fabric8's server waits on the event loop for its own
      // timers
      log.info(
          "The mock API server is left to end with this JVM: {}", stillWaitingForItself.toString());
    }
  }
}
