package io.alertcap.trigger;

import io.alertcap.foundation.health.Health;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.trigger.docker.DockerHost;
import io.alertcap.trigger.kubernetes.KubernetesCluster;
import io.alertcap.trigger.target.AddressBook;
import io.alertcap.trigger.target.TargetCatalog;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One source of pods, in the parts that others ask of it.
 *
 * @param await waits until it knows the pods that there are now, and says whether it came to that
 * @param listener is told what becomes of captures; returns at once
 */
record Catalog(
    TargetCatalog targets,
    AddressBook addresses,
    Predicate<Duration> await,
    Consumer<CaptureEvent> listener) {

  static Catalog open(
      CatalogConfig config, Resources resources, Health health, MeterRegistry meters, Clock clock) {
    return switch (config) {
      case CatalogConfig.Static fixed ->
          new Catalog(fixed.pods(), fixed.pods(), patience -> true, event -> {});
      case CatalogConfig.Kubernetes kubernetes ->
          of(resources.add(KubernetesCluster.open(kubernetes.settings(), health, meters, clock)));
      case CatalogConfig.Docker docker ->
          of(resources.add(DockerHost.open(docker.settings(), health)));
    };
  }

  private static Catalog of(KubernetesCluster cluster) {
    return new Catalog(cluster.catalog(), cluster.catalog(), cluster::awaitKnown, cluster::tell);
  }

  private static Catalog of(DockerHost host) {
    return new Catalog(host.catalog(), host.catalog(), host::awaitKnown, event -> {});
  }
}
