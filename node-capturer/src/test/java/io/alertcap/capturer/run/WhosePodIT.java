package io.alertcap.capturer.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.capturer.container.CgroupContainerProcesses;
import io.alertcap.capturer.container.PodLogs;
import io.alertcap.capturer.lab.CgroupMount;
import io.alertcap.capturer.lab.ContainerdLab;
import io.alertcap.capturer.lab.LabContainer;
import io.alertcap.capturer.netns.NamespaceDoor;
import io.alertcap.capturer.netns.NamespaceLab;
import io.alertcap.capturer.netns.NamespaceOwners;
import io.alertcap.capturer.policy.NodePolicy;
import io.alertcap.foundation.config.ConfigurationSource;
import io.alertcap.schemas.FailureCode;
import io.alertcap.schemas.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A command that says whose a container, a process or a namespace is, on a node that knows better.
 */
@Timeout(120)
class WhosePodIT {

  @RegisterExtension
  static final ContainerdLab CONTAINERS = new ContainerdLab(CgroupMount.AS_MOUNTED);

  private static final Path PROC = Path.of("/proc");
  private static final String STATIC_POD = "8b3f1c5f2b4c54f0a4b9a3c9a2f1d0e7";

  @RegisterExtension final NamespaceLab network = new NamespaceLab();
  @TempDir Path logs;
  private LabContainer ledger;

  @BeforeEach
  void aPodOfTheBank() throws IOException {
    ledger = CONTAINERS.startIn(network.podPath(), "sleep", "60");
    Files.createDirectory(logs.resolve("bank_ledger-0_" + ledger.podUid()));
  }

  @Test
  void capturesThePodThatTheCommandNames() {
    assertOpens(lenient(), byContainer("bank", "ledger-0", ledger));
    assertOpens(strict(), byContainer("bank", "ledger-0", ledger));
    assertOpens(strict(), byPath("bank", "ledger-0", network.podPath()));
    assertOpens(strict(), byPid("bank", "ledger-0", ledger.pid()));
  }

  @Test
  void refusesItUnderTheNameOfAnotherNamespaceOrPodWhateverTheWay() {
    assertRefused(lenient(), byContainer("default", "ledger-0", ledger), "bank/ledger-0");
    assertRefused(lenient(), byContainer("bank", "web-0", ledger), "bank/ledger-0");
    assertRefused(lenient(), byPath("default", "web-0", network.podPath()), "bank/ledger-0");
    assertRefused(lenient(), byPid("default", "web-0", ledger.pid()), "bank/ledger-0");
  }

  @Test
  void knowsAStaticPodByTheHashOfItsManifest() throws IOException {
    LabContainer etcd = CONTAINERS.startInPod(STATIC_POD, network.neighbourPath(), "sleep", "60");
    Files.createDirectory(logs.resolve("kube-system_etcd-node1_" + STATIC_POD));

    assertOpens(strict(), byContainer("kube-system", "etcd-node1", etcd));
    assertRefused(strict(), byContainer("default", "etcd-node1", etcd), "kube-system/etcd-node1");
  }

  @Test
  void aPolicyMayRefuseWhatTheNodeCannotKnow() {
    LabContainer stranger = CONTAINERS.startIn(network.neighbourPath(), "sleep", "60");

    assertOpens(lenient(), byContainer("shop", "web-0", stranger));
    assertRefused(strict(), byContainer("shop", "web-0", stranger), "policy.requireKnownPod");
    assertRefused(strict(), byPid("shop", "web-0", stranger.pid()), stranger.podUid());
    CONTAINERS.kill(stranger);
    assertOpens(lenient(), byPath("shop", "web-0", network.neighbourPath()));
    assertRefused(strict(), byPath("shop", "web-0", network.neighbourPath()), "no process in it");
  }

  private void assertOpens(NodePolicy policy, Target target) {
    TargetNamespaces.Opening opening = open(policy, target);
    assertThat(opening).isInstanceOf(TargetNamespaces.Opening.Open.class);
    ((TargetNamespaces.Opening.Open) opening).namespace().close();
  }

  private void assertRefused(NodePolicy policy, Target target, String because) {
    assertThat(open(policy, target))
        .isInstanceOfSatisfying(
            TargetNamespaces.Opening.Closed.class,
            closed -> {
              assertThat(closed.failure().code()).isEqualTo(FailureCode.POLICY_DENIED);
              assertThat(closed.failure().message())
                  .contains(target.namespace() + "/" + target.pod(), because);
            });
  }

  private TargetNamespaces.Opening open(NodePolicy policy, Target target) {
    return new TargetNamespaces(
            new CgroupContainerProcesses(PROC, CONTAINERS.cgroupRoot()),
            new NamespaceDoor(PROC, policy.netnsDirectories()),
            new NamespaceOwners(PROC, new PodLogs(logs)),
            policy)
        .open(target);
  }

  private static NodePolicy lenient() {
    return NodePolicy.STANDARD;
  }

  private static NodePolicy strict() {
    return ConfigurationSource.text("test", "requireKnownPod: true")
        .read(NodePolicy::from)
        .settings();
  }

  private static Target byContainer(String namespace, String pod, LabContainer container) {
    return target(
        namespace,
        pod,
        Optional.of("containerd://" + container.id()),
        Optional.empty(),
        Optional.empty());
  }

  private static Target byPid(String namespace, String pod, int pid) {
    return target(namespace, pod, Optional.empty(), Optional.of((long) pid), Optional.empty());
  }

  private static Target byPath(String namespace, String pod, Path path) {
    return target(namespace, pod, Optional.empty(), Optional.empty(), Optional.of(path.toString()));
  }

  private static Target target(
      String namespace,
      String pod,
      Optional<String> containerId,
      Optional<Long> pid,
      Optional<String> netns) {
    return new Target(
        namespace,
        pod,
        Optional.empty(),
        Optional.empty(),
        "node1",
        Optional.empty(),
        containerId,
        pid,
        netns,
        false);
  }
}
