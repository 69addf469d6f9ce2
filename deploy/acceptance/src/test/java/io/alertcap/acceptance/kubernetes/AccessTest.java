package io.alertcap.acceptance.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.acceptance.Repository;
import io.alertcap.capturer.netns.Capability;
import io.alertcap.trigger.kubernetes.RequiredAccess;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the services are allowed: at the API server, and on the node. */
class AccessTest {

  private static final Manifests TRIGGER_ACCESS = base("trigger/access.yaml");
  private static final PodSpec TRIGGER =
      base("trigger/deployment.yaml")
          .the(Deployment.class, "alertcap-trigger")
          .getSpec()
          .getTemplate()
          .getSpec();
  private static final DaemonSet CAPTURERS =
      base("capturer/daemonset.yaml").the(DaemonSet.class, "alertcap-capturer");
  private static final PodSpec CAPTURER = CAPTURERS.getSpec().getTemplate().getSpec();

  @Test
  void theTriggersRoleAllowsWhatTheCodeNeedsAndNothingElse() {
    ClusterRole role = TRIGGER_ACCESS.the(ClusterRole.class, "alertcap-trigger");

    assertThat(role.getRules().stream().flatMap(AccessTest::each))
        .containsExactlyInAnyOrderElementsOf(RequiredAccess.all());
    ClusterRoleBinding binding = TRIGGER_ACCESS.the(ClusterRoleBinding.class, "alertcap-trigger");
    assertThat(binding.getRoleRef().getName()).isEqualTo(role.getMetadata().getName());
    assertThat(binding.getSubjects())
        .extracting(subject -> subject.getKind() + " " + subject.getName())
        .containsExactly("ServiceAccount " + TRIGGER.getServiceAccountName());
  }

  @Test
  void theCapturerHasNoBusinessWithTheApiServer() {
    Manifests access = base("capturer/access.yaml");

    assertThat(access.all()).hasOnlyElementsOfType(ServiceAccount.class);
    assertThat(access.the(ServiceAccount.class, CAPTURER.getServiceAccountName()))
        .returns(false, ServiceAccount::getAutomountServiceAccountToken);
    assertThat(CAPTURER.getAutomountServiceAccountToken()).isFalse();
  }

  @Test
  void theCapturerHasTheCapabilitiesThatTheCodeNames() {
    SecurityContext context = only(CAPTURER).getSecurityContext();

    assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(context.getCapabilities().getAdd())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Capability.values()).map(Capability::name).toList());
    assertThat(context.getPrivileged()).isNull();
  }

  @Test
  void theTriggerHasNoCapabilityAndIsNotRoot() {
    SecurityContext context = only(TRIGGER).getSecurityContext();

    assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(context.getCapabilities().getAdd()).isEmpty();
    assertThat(TRIGGER.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(TRIGGER.getSecurityContext().getRunAsUser()).isPositive();
    assertThat(TRIGGER.getHostPID()).isNull();
  }

  @Test
  void neitherCanGainPrivilegesOrWriteToItsImage() {
    for (PodSpec pod : List.of(TRIGGER, CAPTURER)) {
      SecurityContext context = only(pod).getSecurityContext();
      assertThat(context.getAllowPrivilegeEscalation()).isFalse();
      assertThat(context.getReadOnlyRootFilesystem()).isTrue();
      assertThat(pod.getSecurityContext().getSeccompProfile().getType())
          .isEqualTo("RuntimeDefault");
      assertThat(pod.getHostNetwork()).isNull();
      assertThat(pod.getHostIPC()).isNull();
    }
  }

  @Test
  void ofTheNodeTheCapturerWritesItsSpoolOnly() {
    Set<String> ofTheNode = new HashSet<>();
    CAPTURER.getVolumes().stream()
        .filter(volume -> volume.getHostPath() != null)
        .map(Volume::getName)
        .forEach(ofTheNode::add);

    assertThat(ofTheNode).containsExactlyInAnyOrder("cgroups", "pod-logs", "spool");
    assertThat(only(CAPTURER).getVolumeMounts())
        .filteredOn(mount -> ofTheNode.contains(mount.getName()))
        .filteredOn(mount -> !Boolean.TRUE.equals(mount.getReadOnly()))
        .extracting(VolumeMount::getName)
        .containsExactly("spool");
  }

  @Test
  void theCapturerIsOnEveryNodeAndKnowsItsName() {
    assertThat(CAPTURER.getTolerations())
        .singleElement()
        .satisfies(it -> {
          assertThat(it.getOperator()).isEqualTo("Exists");
          assertThat(it.getKey()).isNull();
          assertThat(it.getEffect()).isNull();
        });
    assertThat(CAPTURER.getHostPID()).isTrue();
    assertThat(CAPTURERS.getSpec().getUpdateStrategy().getRollingUpdate().getMaxUnavailable())
        .extracting(Object::toString)
        .asString()
        .contains("10%");
    assertThat(only(CAPTURER).getEnv())
        .filteredOn(variable -> variable.getName().equals("ALERTCAP_NODE_NAME"))
        .extracting(EnvVar::getValueFrom)
        .singleElement()
        .satisfies(it -> assertThat(it.getFieldRef().getFieldPath()).isEqualTo("spec.nodeName"));
  }

  private static Stream<RequiredAccess> each(PolicyRule rule) {
    assertThat(rule.getResourceNames()).isEmpty();
    assertThat(rule.getNonResourceURLs()).isEmpty();
    return rule.getApiGroups().stream()
        .flatMap(group ->
            rule.getResources().stream()
                .map(resource ->
                    new RequiredAccess(group, resource, new HashSet<>(rule.getVerbs()))));
  }

  private static Container only(PodSpec pod) {
    assertThat(pod.getContainers()).hasSize(1);
    assertThat(pod.getInitContainers()).isEmpty();
    return pod.getContainers().getFirst();
  }

  private static Manifests base(String file) {
    return Manifests.parse(Repository.text(Repository.path("deploy/kubernetes/base/" + file)));
  }
}
