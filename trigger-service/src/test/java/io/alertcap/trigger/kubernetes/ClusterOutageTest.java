package io.alertcap.trigger.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.foundation.health.Health;
import io.alertcap.trigger.target.CatalogAnswer;
import io.alertcap.trigger.target.CatalogAnswer.Found;
import io.alertcap.trigger.target.CatalogAnswer.Unavailable;
import io.alertcap.trigger.target.TargetQuery.ByPod;
import io.fabric8.kubernetes.api.model.NodeListBuilder;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An API server that is away, that refuses, or that has forgotten what was seen last. */
final class ClusterOutageTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration GRACE = Duration.ofMillis(100);
  private static final ByPod WEB = new ByPod("default", "web");

  private final ApiServer server = ApiServer.withFixtures();
  private final Health health = new Health();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void usesTheLastViewAndSaysFromWhenItIs() {
    try (KubernetesCluster cluster = server.open(health, meters, GRACE)) {
      assertThat(cluster.awaitKnown(PATIENCE)).isTrue();
      await()
          .untilAsserted(
              () -> assertThat(health.ready().checks()).containsEntry("catalog", "ready"));

      server.server().shutdown();

      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(health.ready().checks().get("catalog"))
                  .startsWith("ready, but targets are as of "));
      assertThat(health.ready().passing()).isTrue();
      assertThat(cluster.catalog().find(WEB)).isInstanceOf(Found.class);
      await()
          .untilAsserted(
              () -> assertThat(meters.get("alertcap.catalog.stale").gauge().value()).isPositive());
    }
  }

  @Test
  void knowsNothingWhereThereNeverWasAServer() {
    server.server().shutdown();

    try (KubernetesCluster cluster = server.open(health, meters, GRACE)) {
      assertThat(cluster.awaitKnown(Duration.ofMillis(10))).isFalse();
      CatalogAnswer answer = cluster.catalog().find(WEB);

      assertThat(answer).isInstanceOf(Unavailable.class);
      assertThat(((Unavailable) answer).reason()).contains(" are not known: ");
      await()
          .untilAsserted(() ->
              assertThat(health.ready().checks().get("catalog")).contains(" are not known: "));
      assertThat(health.ready().passing()).isFalse();
    }
  }

  @Test
  void saysWhatTheServerRefuses() {
    server
        .server()
        .expect()
        .get()
        .withPath("/apis/apps/v1/replicasets?limit=500")
        .andReturn(
            403,
            new StatusBuilder()
                .withCode(403)
                .withMessage("replicasets.apps is forbidden: User \"alertcap\" cannot list")
                .build())
        .always();

    try (KubernetesCluster cluster = server.open(health, meters, GRACE)) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(cluster.catalog().find(WEB))
                  .isEqualTo(
                      new Unavailable(
                          "replicasets are not known: the API server answered 403:"
                              + " replicasets.apps is forbidden: User \"alertcap\" cannot"
                              + " list; bind the ClusterRole alertcap-trigger to that user")));
      assertThat(
              meters
                  .get("alertcap.catalog.failures")
                  .tag("resource", "replicasets")
                  .counter()
                  .count())
          .isPositive();
    }
  }

  @Test
  void listsAgainWhereTheServerHasForgottenWhatWasSeenLast() {
    server
        .server()
        .expect()
        .get()
        .withPath("/api/v1/pods?limit=500")
        .andReturn(200, podList("1", "gone"))
        .once();
    server
        .server()
        .expect()
        .get()
        .withPath(
            "/api/v1/pods?allowWatchBookmarks=true&resourceVersion=1&timeoutSeconds=600&watch=true")
        .andUpgradeToWebSocket()
        .open()
        .waitFor(500)
        .andEmit(
            new WatchEvent(
                new StatusBuilder().withCode(410).withMessage("too old resource version").build(),
                "ERROR"))
        .done()
        .once();

    try (KubernetesCluster cluster = server.open(health, meters, GRACE)) {
      await()
          .untilAsserted(() ->
              assertThat(cluster.catalog().find(new ByPod("default", "gone")))
                  .isInstanceOf(Found.class));

      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(cluster.catalog().find(WEB)).isInstanceOf(Found.class));
      assertThat(cluster.catalog().find(new ByPod("default", "gone")))
          .isEqualTo(new CatalogAnswer.NoTarget("namespace default has no pod gone"));
    }
  }

  @Test
  void saysWhatIsRefusedThoughItsWatchGoesOn() {
    try (KubernetesCluster cluster = server.open(health, meters, GRACE)) {
      assertThat(cluster.awaitKnown(PATIENCE)).isTrue();

      server
          .server()
          .expect()
          .get()
          .withPath("/api/v1/services?limit=1")
          .andReturn(
              403,
              new StatusBuilder()
                  .withCode(403)
                  .withMessage("services is forbidden: User \"alertcap\" cannot list")
                  .build())
          .always();

      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(health.ready().checks().get("catalog"))
                  .startsWith("ready, but targets may be as of ")
                  .contains("answered 403: services is forbidden"));
      assertThat(cluster.catalog().find(WEB)).isInstanceOf(Found.class);
    }
  }

  @Test
  void noticesAServerThatNoLongerAnswersAndKeepsItsConnections() {
    try (KubernetesCluster cluster = server.open(health, meters, GRACE)) {
      assertThat(cluster.awaitKnown(PATIENCE)).isTrue();

      server
          .server()
          .expect()
          .get()
          .delay(PATIENCE.toMillis())
          .withPath("/api/v1/nodes?limit=1")
          .andReturn(200, new NodeListBuilder().build())
          .always();

      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(health.ready().checks().get("catalog"))
                  .startsWith("ready, but targets may be as of ")
                  .endsWith(": the API server does not answer"));
    }
  }

  private static PodList podList(String version, String pod) {
    return new PodListBuilder()
        .withNewMetadata()
        .withResourceVersion(version)
        .endMetadata()
        .withItems(PodSamples.running("default", pod, "node1").build())
        .build();
  }
}
