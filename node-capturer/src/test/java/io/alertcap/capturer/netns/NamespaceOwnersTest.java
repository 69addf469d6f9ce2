package io.alertcap.capturer.netns;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.capturer.container.FakeHost;
import io.alertcap.capturer.container.PodLogs;
import io.alertcap.capturer.container.PodName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A made-up host, whose pods are in the test's own namespace, or in none. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "network namespaces are Linux's")
class NamespaceOwnersTest {

  private static final Path OWN = Path.of("/proc/self/ns/net");
  private static final Path ANOTHER = Path.of("/proc/self/ns/uts");
  private static final String LEDGER = "0::/kubepods/podaaaa/" + "1".repeat(64);
  private static final String WEB = "0::/kubepods/podbbbb/" + "2".repeat(64);

  @TempDir Path directory;
  private FakeHost host;
  private NamespaceOwners owners;

  @BeforeEach
  void twoPods() throws IOException {
    host = new FakeHost(directory.resolve("host"));
    host.process(1, 1, "1", "0::/").networkNamespace(1, ANOTHER);
    Path logs = Files.createDirectory(directory.resolve("logs"));
    Files.createDirectory(logs.resolve("bank_ledger-0_aaaa"));
    Files.createDirectory(logs.resolve("shop_web-0_bbbb"));
    owners = new NamespaceOwners(host.proc(), new PodLogs(logs));
  }

  @Test
  void isThePodOfTheProcessByWhichItWasOpened() {
    inNamespace(10, LEDGER);

    assertThat(owner(10)).isEqualTo(known(new PodName("bank", "ledger-0")));
  }

  @Test
  void isThePodOfWhateverIsInItWhereItWasOpenedByAPathOrAProcessOfNoPod() {
    inNamespace(10, "0::/system.slice/sshd.service");
    inNamespace(11, LEDGER);

    assertThat(owner()).isEqualTo(known(new PodName("bank", "ledger-0")));
    assertThat(owner(10)).isEqualTo(known(new PodName("bank", "ledger-0")));
  }

  @Test
  void areAllPodsWhoseProcessesAreInIt() {
    inNamespace(10, LEDGER);
    inNamespace(11, WEB);

    assertThat(owner().pods())
        .containsExactlyInAnyOrder(new PodName("bank", "ledger-0"), new PodName("shop", "web-0"));
  }

  /** As of a container with the rights of root that has gone into another pod's namespace. */
  @Test
  void areAllPodsToWhicheverOfThemTheProcessBelongsByWhichItWasOpened() {
    inNamespace(10, WEB);
    inNamespace(11, LEDGER);

    assertThat(owner(10).pods())
        .containsExactlyInAnyOrder(new PodName("bank", "ledger-0"), new PodName("shop", "web-0"));
  }

  @Test
  void areBothPodsWhereTheHierarchiesDisagree() {
    inNamespace(10, "5:pids:/kubepods/podaaaa/c", "4:memory:/kubepods/podbbbb/c");

    assertThat(owner(10).pods()).hasSize(2);
  }

  @Test
  void isNotThePodOfAProcessThatIsElsewhere() {
    host.process(10, 100, "10", WEB).networkNamespace(10, ANOTHER);

    assertThat(owner(10)).isEqualTo(NamespaceOwner.unknown(NO_POD));
  }

  @Test
  void isUnknownWhereNoDirectoryNamesThePod() {
    inNamespace(10, "0::/kubepods/podcccc/c");
    inNamespace(11, LEDGER);

    assertThat(owner(10).pods()).containsExactly(new PodName("bank", "ledger-0"));
    assertThat(owner(10).unknown()).hasValueSatisfying(why -> assertThat(why).contains("cccc"));
    assertThat(owner().pods()).containsExactly(new PodName("bank", "ledger-0"));
    assertThat(owner().unknown()).isPresent();
  }

  @Test
  void isNobodysWhereItIsTheHosts() throws IOException {
    FakeHost other = new FakeHost(directory.resolve("other"));
    other.process(1, 1, "1", "0::/").networkNamespace(1, OWN);
    other.process(10, 100, "10", LEDGER).networkNamespace(10, OWN);
    host = other;
    owners = new NamespaceOwners(other.proc(), new PodLogs(directory.resolve("logs")));

    assertThat(owner(1).pods()).isEmpty();
    assertThat(owner(1).unknown()).isPresent();
    assertThat(owner(10))
        .as("a pod of hostNetwork")
        .isEqualTo(known(new PodName("bank", "ledger-0")));
  }

  private static final String NO_POD = "no process in it runs in the cgroup of a pod";

  private void inNamespace(int pid, String... cgroups) {
    host.process(pid, 100, Integer.toString(pid), cgroups).networkNamespace(pid, OWN);
  }

  private static NamespaceOwner known(PodName pod) {
    return new NamespaceOwner(Set.of(pod), Optional.empty());
  }

  private NamespaceOwner owner() {
    return owner(OptionalInt.empty());
  }

  private NamespaceOwner owner(int pid) {
    return owner(OptionalInt.of(pid));
  }

  private NamespaceOwner owner(OptionalInt pid) {
    Admission admission =
        new NamespaceDoor(Path.of("/proc"), List.of())
            .openPid(Math.toIntExact(ProcessHandle.current().pid()), true);
    assertThat(admission).isInstanceOf(Admission.Granted.class);
    try (NetworkNamespace namespace = ((Admission.Granted) admission).namespace()) {
      return owners.of(namespace, pid);
    }
  }
}
