package io.alertcap.capturer.netns;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.capturer.container.ContainerId;
import io.alertcap.capturer.container.ContainerProcess;
import io.alertcap.capturer.container.FakeHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Needs no privilege: the only namespace that is ever opened is the test's own. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "network namespaces are Linux's")
class NamespaceDoorTest {

  private static final Path OWN = Path.of("/proc/self/ns/net");
  private static final ContainerId ID = new ContainerId("72651dc7".repeat(8));
  private static final String CGROUP = "0::/kubepods/pod1/" + ID;
  private static final ContainerProcess PROCESS = new ContainerProcess(4711, 500, ID, CGROUP);

  @TempDir Path directory;
  private FakeHost host;
  private Path netnsDirectory;
  private NamespaceDoor door;

  @BeforeEach
  void aHostWithAContainer() throws IOException {
    host = new FakeHost(directory);
    netnsDirectory = Files.createDirectory(directory.resolve("netns"));
    door = new NamespaceDoor(host.proc(), List.of(netnsDirectory));
  }

  @Test
  void grantsTheNamespaceOfTheProcessThatWasFound() throws IOException {
    host.process(1, 1, "1", "0::/").networkNamespace(1, OWN);
    host.process(4711, 500, "4711\t1", CGROUP).networkNamespace(4711, OWN);

    Admission admission = door.open(PROCESS, true);

    assertThat(admission).isInstanceOf(Admission.Granted.class);
    try (NetworkNamespace namespace = ((Admission.Granted) admission).namespace()) {
      assertThat(namespace.identity()).isEqualTo(NamespaceIdentity.of(OWN));
    }
  }

  @Test
  void refusesAProcessThatGotThePidOfTheOneThatWasFound() {
    host.process(4711, 501, "4711\t1", CGROUP).networkNamespace(4711, OWN);

    assertThat(door.open(PROCESS, true)).isInstanceOf(Admission.Gone.class);
  }

  @Test
  void refusesAProcessThatIsNotInTheContainersCgroup() {
    String shim = "0::/system.slice/containerd.service";
    host.process(4711, 500, "4711", shim).networkNamespace(4711, OWN);

    assertThat(door.open(PROCESS, true)).isInstanceOf(Admission.Gone.class);
  }

  @Test
  void saysThatTheProcessIsGone() {
    assertThat(door.open(PROCESS, true)).isInstanceOf(Admission.Gone.class);
    assertThat(door.openPid(4711, true)).isInstanceOf(Admission.Gone.class);
  }

  @Test
  void deniesTheHostsNamespaceUnlessItIsAllowed() {
    host.process(1, 1, "1", "0::/").networkNamespace(1, OWN);
    host.process(4711, 500, "4711\t1", CGROUP).networkNamespace(4711, OWN);

    assertThat(door.open(PROCESS, false)).isInstanceOf(Admission.HostNetworkDenied.class);
    assertThat(door.openPid(4711, false)).isInstanceOf(Admission.HostNetworkDenied.class);
    assertThat(closed(door.open(PROCESS, true))).isInstanceOf(Admission.Granted.class);
  }

  @Test
  void grantsNothingWhereTheHostsNamespaceCannotBeRead() {
    host.process(4711, 500, "4711\t1", CGROUP).networkNamespace(4711, OWN);

    assertThat(door.open(PROCESS, false)).isInstanceOf(Admission.HostUnknown.class);
    assertThat(door.openPid(4711, false)).isInstanceOf(Admission.HostUnknown.class);
    assertThat(door.open(PROCESS, true)).isInstanceOf(Admission.HostUnknown.class);
    assertThat(door.problem())
        .hasValueSatisfying(
            problem -> assertThat(problem).contains("CAP_SYS_PTRACE", "node.procRoot"));
  }

  @Test
  void takesTheKernelsThreadsForTheHostWhereItsInitCannotBeRead() {
    host.kernelThread(2).networkNamespace(2, OWN);
    host.process(4711, 500, "4711\t1", CGROUP).networkNamespace(4711, OWN);

    assertThat(door.problem()).isEmpty();
    assertThat(door.open(PROCESS, false)).isInstanceOf(Admission.HostNetworkDenied.class);
  }

  @Test
  void doesNotBelieveAProcessThatOnlyHasThePidOfTheKernelsThreads() {
    host.process(2, 500, "2", CGROUP).networkNamespace(2, OWN);
    host.process(4711, 500, "4711\t1", CGROUP).networkNamespace(4711, OWN);

    assertThat(door.open(PROCESS, false)).isInstanceOf(Admission.HostUnknown.class);
  }

  @Test
  void refusesANamespaceOfAnotherKind() {
    host.process(4711, 500, "4711\t1", CGROUP).networkNamespace(4711, Path.of("/proc/self/ns/uts"));

    assertThat(door.open(PROCESS, true)).isInstanceOf(Admission.Refused.class);
  }

  @Test
  void opensAPathInAnAllowedDirectoryOnly() throws IOException {
    Path file = Files.createFile(netnsDirectory.resolve("not-a-namespace"));
    Path escape = Files.createSymbolicLink(netnsDirectory.resolve("escape"), OWN);

    assertThat(door.openPath(OWN, true)).isInstanceOf(Admission.Refused.class);
    assertThat(door.openPath(escape, true)).isInstanceOf(Admission.Refused.class);
    assertThat(door.openPath(netnsDirectory.resolve("../proc"), true))
        .isInstanceOf(Admission.Refused.class);
    assertThat(door.openPath(file, true)).isInstanceOf(Admission.Refused.class);
    assertThat(door.openPath(netnsDirectory.resolve("missing"), true))
        .isInstanceOf(Admission.Gone.class);
  }

  private static Admission closed(Admission admission) {
    if (admission instanceof Admission.Granted(NetworkNamespace namespace)) {
      namespace.close();
    }
    return admission;
  }
}
