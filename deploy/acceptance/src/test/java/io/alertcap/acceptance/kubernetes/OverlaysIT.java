package io.alertcap.acceptance.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.alertcap.acceptance.Programs;
import io.alertcap.acceptance.Repository;
import io.alertcap.capturer.CapturerConfig;
import io.alertcap.foundation.config.Loaded;
import io.alertcap.trigger.TriggerConfig;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code kubectl apply -k} would send: that the parts fit together, and the services start.
 */
@ParameterizedClass
@ValueSource(strings = {"dev", "production"})
class OverlaysIT {

  private static final Set<Class<? extends HasMetadata>> WITHOUT_NAMESPACE =
      Set.of(Namespace.class, PriorityClass.class, ClusterRole.class, ClusterRoleBinding.class);

  @TempDir Path scratch;

  @Parameter String overlay = "";

  @BeforeAll
  static void possible() {
    String version =
        Programs.isInstalled("kubectl")
            ? Programs.run("kubectl", "version", "--client").output()
            : "";
    assumeTrue(
        version.contains("Kustomize Version: v5"),
        "there is no kubectl here that builds kustomizations of version 5");
  }

  @Test
  void everythingIsInOneNamespace() {
    assertThat(built().all())
        .filteredOn(it -> !WITHOUT_NAMESPACE.contains(it.getClass()))
        .extracting(it -> it.getMetadata().getNamespace())
        .containsOnly("alertcap");
    assertThat(built().of(ClusterRoleBinding.class))
        .flatExtracting(ClusterRoleBinding::getSubjects)
        .allSatisfy(subject -> assertThat(subject.getNamespace()).isEqualTo("alertcap"));
  }

  @Test
  void whatPodsNameIsThere() {
    Manifests built = built();
    pods(built)
        .map(PodTemplateSpec::getSpec)
        .forEach(pod -> {
          if (pod.getServiceAccountName() != null) {
            built.the(ServiceAccount.class, pod.getServiceAccountName());
          }
          if (pod.getPriorityClassName() != null) {
            built.the(PriorityClass.class, pod.getPriorityClassName());
          }
          containers(pod)
              .flatMap(container -> container.getVolumeMounts().stream())
              .forEach(mount ->
                  assertThat(pod.getVolumes())
                      .anyMatch(volume -> volume.getName().equals(mount.getName())));
        });
  }

  @Test
  void selectorsSelectPods() {
    Manifests built = built();
    List<PodTemplateSpec> pods = pods(built).toList();
    Stream.of(
            built.of(PodDisruptionBudget.class).stream().map(it -> it.getSpec().getSelector()),
            built.of(Deployment.class).stream().map(it -> it.getSpec().getSelector()),
            built.of(DaemonSet.class).stream().map(it -> it.getSpec().getSelector()),
            built.of(StatefulSet.class).stream().map(it -> it.getSpec().getSelector()),
            built.of(PodMonitor.class).stream().map(it -> it.getSpec().getSelector()))
        .flatMap(selectors -> selectors)
        .map(LabelSelector::getMatchLabels)
        .forEach(labels ->
            assertThat(pods).filteredOn(pod -> matches(pod, labels)).as("%s", labels).hasSize(1));
  }

  @Test
  void probesAskPortsThatAreThere() {
    containers(pods(built()))
        .forEach(container ->
            Stream.of(
                    container.getStartupProbe(),
                    container.getLivenessProbe(),
                    container.getReadinessProbe())
                .filter(Objects::nonNull)
                .map(OverlaysIT::port)
                .forEach(port ->
                    assertThat(container.getPorts())
                        .extracting(ContainerPort::getName)
                        .contains(port)));
  }

  @Test
  void everyContainerHasALimitOfMemoryAndAnImageWithATag() {
    assertThat(containers(pods(built())))
        .allSatisfy(container -> {
          assertThat(container.getResources().getLimits()).containsKey("memory");
          assertThat(container.getImage()).matches("[^:]+:[^:]+").doesNotEndWith(":latest");
        });
  }

  /** An API server fills this in by the first tag that it sees, and {@code apply} keeps that. */
  @Test
  void ourImagesArePulledWhereTheyAreMissing() {
    assertThat(containers(pods(built())))
        .filteredOn(container -> container.getImage().contains("alertcap/"))
        .hasSize(2)
        .extracting(Container::getImagePullPolicy)
        .containsOnly("IfNotPresent");
  }

  @Test
  void theTriggerReadsItsConfiguration() {
    Manifests built = built();
    PodTemplateSpec pod = built.the(Deployment.class, "alertcap-trigger").getSpec().getTemplate();
    MountedPod mounted = MountedPod.of(pod, built, scratch);

    Loaded<TriggerConfig> loaded = mounted.configuration().read(TriggerConfig::from);

    assertThat(loaded.warnings()).isEmpty();
    assertThat(loaded.settings().http().port()).isEqualTo(mounted.port("http"));
    assertThat(loaded.settings().http().tls().isPresent())
        .as("tokens do not travel in the clear")
        .isEqualTo(overlay.equals("production"));
    assertThat(loaded.settings().policy().denied())
        .as("its own namespace is not captured")
        .anyMatch(pattern -> pattern.matches(namespace(built)));
  }

  @Test
  void theCapturerReadsItsConfiguration() {
    Manifests built = built();
    PodTemplateSpec pod = built.the(DaemonSet.class, "alertcap-capturer").getSpec().getTemplate();
    MountedPod mounted = MountedPod.of(pod, built, scratch);

    Loaded<CapturerConfig> loaded = mounted.configuration().read(CapturerConfig::from);

    CapturerConfig config = loaded.settings();
    assertThat(loaded.warnings()).isEmpty();
    assertThat(config.http().port()).isEqualTo(mounted.port("http"));
    assertThat(config.policy().deniedNamespaces())
        .as("its own namespace is not captured")
        .anyMatch(pattern -> pattern.matches(namespace(built)));
    assertThat(config.policy().requireKnownPod()).as("whose pod it is, the node knows").isTrue();
    assertThat(config.capture().shutdownGrace().toSeconds())
        .isLessThan(pod.getSpec().getTerminationGracePeriodSeconds());
    assertThat(mountPaths(pod.getSpec()))
        .contains(
            config.spool().directory().toString(),
            config.node().cgroupRoot().toString(),
            config.node().podLogsRoot().toString());
    assertThat(containers(pod.getSpec()).flatMap(one -> one.getVolumeMounts().stream()))
        .as("nothing of the host can be written but the spool")
        .filteredOn(mount -> mount.getMountPath().startsWith("/host/"))
        .hasSize(2)
        .allMatch(mount -> mount.getReadOnly());
  }

  /** Who speaks TLS is spoken to by TLS, and nobody but the trigger service has its key. */
  @Test
  void whereTheTriggerSpeaksTlsAllOthersKnow() {
    assumeTrue(overlay.equals("production"), "only production speaks TLS");
    Manifests built = built();
    PodSpec trigger =
        built.the(Deployment.class, "alertcap-trigger").getSpec().getTemplate().getSpec();
    PodTemplateSpec capturer =
        built.the(DaemonSet.class, "alertcap-capturer").getSpec().getTemplate();

    assertThat(containers(trigger))
        .flatExtracting(
            Container::getStartupProbe, Container::getLivenessProbe, Container::getReadinessProbe)
        .allMatch(probe -> ((Probe) probe).getHttpGet().getScheme().equals("HTTPS"));
    assertThat(built.the(Service.class, "alertcap-trigger").getSpec().getPorts())
        .singleElement()
        .satisfies(port -> assertThat(port.getPort()).isEqualTo(443));
    assertThat(built.the(PodMonitor.class, "alertcap-trigger").getSpec().getPodMetricsEndpoints())
        .allSatisfy(endpoint -> assertThat(endpoint.getTlsConfig().getCa()).isNotNull());
    CapturerConfig config =
        MountedPod.of(capturer, built, scratch)
            .configuration()
            .read(CapturerConfig::from)
            .settings();
    assertThat(config.names().url()).contains(URI.create("https://alertcap-trigger"));
    assertThat(config.names().caFile()).isPresent();
    assertThat(capturer.getSpec().getVolumes())
        .filteredOn(volume -> volume.getName().equals("tls"))
        .flatExtracting(volume -> volume.getSecret().getItems())
        .extracting(KeyToPath::getKey)
        .containsExactly("ca.crt");
  }

  private static String namespace(Manifests built) {
    return built.the(DaemonSet.class, "alertcap-capturer").getMetadata().getNamespace();
  }

  private Manifests built() {
    return Manifests.parse(
        Programs.output(
            "kubectl",
            "kustomize",
            Repository.path("deploy/kubernetes/overlays/" + overlay).toString()));
  }

  private static Stream<PodTemplateSpec> pods(Manifests built) {
    return Stream.of(
            built.of(Deployment.class).stream().map(it -> it.getSpec().getTemplate()),
            built.of(DaemonSet.class).stream().map(it -> it.getSpec().getTemplate()),
            built.of(StatefulSet.class).stream().map(it -> it.getSpec().getTemplate()))
        .flatMap(pods -> pods);
  }

  private static Stream<Container> containers(Stream<PodTemplateSpec> pods) {
    return pods.flatMap(pod -> containers(pod.getSpec()));
  }

  private static Stream<Container> containers(PodSpec pod) {
    return Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream());
  }

  private static boolean matches(PodTemplateSpec pod, Map<String, String> labels) {
    return pod.getMetadata().getLabels().entrySet().containsAll(labels.entrySet());
  }

  private static String port(Probe probe) {
    return (probe.getHttpGet() == null
            ? probe.getTcpSocket().getPort()
            : probe.getHttpGet().getPort())
        .getStrVal();
  }

  private static Stream<String> mountPaths(PodSpec pod) {
    return containers(pod)
        .flatMap(container -> container.getVolumeMounts().stream())
        .map(mount -> mount.getMountPath());
  }
}
