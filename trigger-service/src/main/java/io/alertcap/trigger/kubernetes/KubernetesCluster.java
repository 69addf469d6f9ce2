package io.alertcap.trigger.kubernetes;

import io.alertcap.foundation.health.Health;
import io.alertcap.schemas.CaptureEvent;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The connection to an API server, and what is known through it. */
public final class KubernetesCluster implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** For a page of a list; a watch has no end. */
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

  /** For a watch that ended to be recreated, before anybody is told. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final KubernetesClient client;
  private final ExecutorService threads;
  private final ClusterWatch watch;
  private final KubernetesCatalog catalog;
  private final Optional<PodEvents> events;

  private KubernetesCluster(
      KubernetesClient client,
      ExecutorService threads,
      ClusterWatch watch,
      KubernetesCatalog catalog,
      Optional<PodEvents> events) {
    this.client = client;
    this.threads = threads;
    this.watch = watch;
    this.catalog = catalog;
    this.events = events;
  }

  /**
   * Begins to look at the cluster, without waiting for its API server.
   *
   * @param health is told under {@code catalog} whether the cluster is known and followed
   */
  public static KubernetesCluster open(
      KubernetesSettings settings, Health health, MeterRegistry meters, Clock clock) {
    return open(settings.config(), settings, health, meters, clock, GRACE);
  }

  static KubernetesCluster open(
      Config config,
      KubernetesSettings settings,
      Health health,
      MeterRegistry meters,
      Clock clock,
      Duration grace) {
    ExecutorService threads =
        Executors.newCachedThreadPool(
            Thread.ofPlatform().name("kubernetes-", 1).daemon().factory());
    KubernetesClient client =
        new KubernetesClientBuilder().withConfig(limited(config)).withTaskExecutor(threads).build();
    ClusterView view = new ClusterView();
    ClusterWatch watch =
        ClusterWatch.start(
            Watches.start(client, settings.namespaces(), view, meters),
            health,
            meters,
            clock,
            grace);
    Optional<PodEvents> events =
        settings.events()
            ? Optional.of(new PodEvents(client, hostName(), clock, meters))
            : Optional.empty();
    return new KubernetesCluster(
        client, threads, watch, new KubernetesCatalog(view, watch), events);
  }

  /** Informers retry by themselves, with a pause that grows; retries within retries hide why. */
  private static Config limited(Config config) {
    config.setConnectionTimeout(Math.toIntExact(CONNECT_TIMEOUT.toMillis()));
    config.setRequestTimeout(Math.toIntExact(REQUEST_TIMEOUT.toMillis()));
    config.setRequestRetryBackoffLimit(0);
    config.setUserAgent("alertcap-trigger");
    return config;
  }

  public KubernetesCatalog catalog() {
    return catalog;
  }

  /** Tells the pods' API objects what becomes of a capture, if that is wanted; returns at once. */
  public void tell(CaptureEvent event) {
    events.ifPresent(pods -> pods.accept(event));
  }

  /** Waits until everything is known that there is now, and says whether it came to that. */
  public boolean awaitKnown(Duration patience) {
    return watch.awaitListed(patience);
  }

  @Override
  public void close() {
    events.ifPresent(PodEvents::close);
    watch.close();
    client.close();
    var unused = threads.shutdownNow();
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
