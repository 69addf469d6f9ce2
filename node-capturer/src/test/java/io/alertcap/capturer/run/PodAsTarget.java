package io.alertcap.capturer.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.capturer.container.CgroupContainerProcesses;
import io.alertcap.capturer.container.PodLogs;
import io.alertcap.capturer.fixture.Requests;
import io.alertcap.capturer.lab.ContainerdLab;
import io.alertcap.capturer.lab.LabContainer;
import io.alertcap.capturer.netns.NamespaceDoor;
import io.alertcap.capturer.netns.NamespaceIdentity;
import io.alertcap.capturer.netns.NamespaceLab;
import io.alertcap.capturer.netns.NamespaceOwners;
import io.alertcap.capturer.policy.Budgets;
import io.alertcap.capturer.policy.NodePolicy;
import io.alertcap.capturer.run.TargetNamespaces.Opening;
import io.alertcap.schemas.DataSize;
import io.alertcap.schemas.Failure;
import io.alertcap.schemas.FailureCode;
import io.alertcap.schemas.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A pod whose containers come and go: what stays is its sandbox, with its network. */
@Timeout(120)
abstract class PodAsTarget {

  private static final Path PROC = Path.of("/proc");
  private static final String NOBODYS = "containerd://" + "0".repeat(64);

  @RegisterExtension final NamespaceLab network = new NamespaceLab();
  @TempDir Path logs;

  private final String podUid = UUID.randomUUID().toString();

  abstract ContainerdLab containers();

  @BeforeEach
  void thePodHasAName() throws IOException {
    Files.createDirectory(logs.resolve("shop_web-0_" + podUid));
  }

  @Test
  void aCrashLoopingPodIsEnteredByItsSandbox() throws IOException {
    containers().startInPod(podUid, network.podPath(), "sleep", "60");
    LabContainer crashed = containers().startInPod(podUid, network.podPath(), "sleep", "60");
    containers().kill(crashed);

    assertLeadsTo(network.pod().identity(), open(pod()));
    assertLeadsTo(network.pod().identity(), open(container("containerd://" + crashed.id())));
    containers().remove(crashed);
    assertLeadsTo(network.pod().identity(), open(container("containerd://" + crashed.id())));
  }

  @Test
  void anotherContainersPodIsNoWayIn() {
    containers().startIn(network.podPath(), "sleep", "60");

    assertFailed(FailureCode.CONTAINER_NOT_FOUND, open(pod()), "shop/web-0");
    assertFailed(FailureCode.CONTAINER_NOT_FOUND, open(container(NOBODYS)), NOBODYS);
  }

  @Test
  void aPodThatIsNotThereIsNeverTheNodeItself() {
    Target target = target(Optional.empty(), true);

    assertFailed(FailureCode.CONTAINER_NOT_FOUND, open(target, Node.permissive(8)), "shop/web-0");
  }

  @Test
  void theProofsAreThoseOfAContainer() throws IOException {
    containers().startInPod(podUid, network.podPath(), "sleep", "60");
    LabContainer stray = containers().startInPod(podUid, network.neighbourPath(), "sleep", "60");
    assertFailed(FailureCode.POLICY_DENIED, open(pod()), "different network namespaces");
    containers().remove(stray);
    assertLeadsTo(network.pod().identity(), open(pod()));

    Files.move(logs.resolve("shop_web-0_" + podUid), logs.resolve("bank_ledger-0_" + podUid));
    assertFailed(FailureCode.POLICY_DENIED, open(pod()), "bank/ledger-0");
  }

  @Test
  void aPodInTheHostsNetworkIsDenied() throws IOException {
    LabContainer host = containers().startInHostNetwork("sleep", "60");
    Files.createDirectory(logs.resolve("shop_web-1_" + host.podUid()));

    assertFailed(
        FailureCode.HOST_NETWORK_DENIED,
        open(
            new Target(
                "shop",
                "web-1",
                Optional.of(host.podUid()),
                Optional.empty(),
                "node1",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false)),
        "shop/web-1");
  }

  @Test
  void isLookedForUntilItIsThere() {
    AtomicInteger pauses = new AtomicInteger();
    Opening opening =
        search(
                pod(),
                atMost -> {
                  if (pauses.incrementAndGet() == 2) {
                    containers().startInPod(podUid, network.podPath(), "sleep", "60");
                  }
                  return true;
                })
            .run();

    assertLeadsTo(network.pod().identity(), opening);
    assertThat(pauses).hasValue(2);
  }

  private TargetSearch search(Target target, TargetSearch.Pause pause) {
    return new TargetSearch(
        Requests.to(target),
        namespaces(NodePolicy.STANDARD),
        new Budgets(NodePolicy.STANDARD, DataSize.ofMebibytes(2), () -> 0),
        Clock.systemUTC(),
        pause);
  }

  private Opening open(Target target) {
    return open(target, NodePolicy.STANDARD);
  }

  private Opening open(Target target, NodePolicy policy) {
    return namespaces(policy).open(target);
  }

  private TargetNamespaces namespaces(NodePolicy policy) {
    return new TargetNamespaces(
        new CgroupContainerProcesses(PROC, containers().cgroupRoot()),
        new NamespaceDoor(PROC, policy.netnsDirectories()),
        new NamespaceOwners(PROC, new PodLogs(logs)),
        policy);
  }

  private static void assertLeadsTo(NamespaceIdentity expected, Opening opening) {
    assertThat(opening).isInstanceOf(Opening.Open.class);
    try (var namespace = ((Opening.Open) opening).namespace()) {
      assertThat(namespace.identity()).isEqualTo(expected);
      assertThat(((Opening.Open) opening).isTargetPresent().getAsBoolean()).isTrue();
    }
  }

  private static void assertFailed(FailureCode code, Opening opening, String because) {
    assertThat(opening).isInstanceOf(Opening.Closed.class);
    Failure failure = ((Opening.Closed) opening).failure();
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.message()).contains(because);
  }

  private Target pod() {
    return target(Optional.empty(), false);
  }

  private Target container(String id) {
    return target(Optional.of(id), false);
  }

  private Target target(Optional<String> containerId, boolean hostNetwork) {
    return new Target(
        "shop",
        "web-0",
        Optional.of(podUid),
        Optional.empty(),
        "node1",
        Optional.empty(),
        containerId,
        Optional.empty(),
        Optional.empty(),
        hostNetwork);
  }
}
