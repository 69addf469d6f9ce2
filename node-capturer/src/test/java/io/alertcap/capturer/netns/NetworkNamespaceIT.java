package io.alertcap.capturer.netns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.alertcap.capturer.container.CgroupContainerProcesses;
import io.alertcap.capturer.container.ContainerId;
import io.alertcap.capturer.container.ContainerProcess;
import io.alertcap.capturer.container.ProcessLookup;
import io.alertcap.capturer.lab.LabCgroup;
import io.alertcap.capturer.netns.NamespaceInterfaces.Link;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NetworkNamespaceIT {

  private static final Path PROC = Path.of("/proc");
  private static final Path CGROUPS = Path.of("/sys/fs/cgroup");
  private static final ContainerId ID = new ContainerId("a1e57ca9".repeat(8));

  @RegisterExtension final NamespaceLab lab = new NamespaceLab();

  @Test
  void runsInsideAndLeavesEveryOtherThreadWhereItWas() throws IOException {
    NamespaceIdentity own = NamespaceIdentity.ofCurrentThread();
    NetworkNamespace pod = lab.pod();

    for (int i = 0; i < 20; i++) {
      assertThat(pod.visit("visit", NetworkNamespaceIT::here))
          .isEqualTo(new Visit.Made<>(pod.identity()));
    }

    assertThat(pod.identity()).isNotEqualTo(own);
    assertThat(ThreadNamespaces.ofThisProcess()).containsOnly(own);
  }

  @Test
  void handsOutWhatTheWorkThrows() {
    NetworkNamespace pod = lab.pod();

    assertThatThrownBy(() ->
            pod.visit(
                "visit",
                () -> {
                  throw new IllegalStateException("no");
                }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no");
  }

  @Test
  void listsTheInterfacesOfTheNamespaceAndNotOfTheHost() {
    Visit<NamespaceInterfaces> visit =
        lab.pod()
            .visit(
                "visit",
                () -> {
                  try {
                    return NamespaceInterfaces.ofCurrentThread();
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                });
    assertThat(visit).isInstanceOf(Visit.Made.class);
    NamespaceInterfaces interfaces =
        lab.closing(((Visit.Made<NamespaceInterfaces>) visit).result());

    assertThat(interfaces.all())
        .extracting(Link::name, Link::up, Link::loopback)
        .containsExactlyInAnyOrder(tuple("lo", true, true), tuple("eth0", true, false));
    assertThat(interfaces.all()).extracting(Link::index).doesNotContain(0).doesNotHaveDuplicates();
    assertThat(interfaces.exists("eth0")).isTrue();
    lab.ipInPod("link", "del", "eth0");
    assertThat(interfaces.exists("eth0")).isFalse();
  }

  @Test
  void leadsFromAContainerIdThroughARealCgroupIntoTheNamespace() throws IOException {
    LabCgroup cgroup = lab.closing(LabCgroup.of(ID));
    Process process = lab.startInPod("sleep", "60");
    cgroup.add(process);
    NetworkNamespace pod = lab.pod();
    await().until(() -> NamespaceIdentity.of(nsOf(process)).equals(pod.identity()));

    ProcessLookup lookup = new CgroupContainerProcesses(PROC, CGROUPS).find(ID);
    assertThat(lookup).isInstanceOf(ProcessLookup.Found.class);
    ContainerProcess found = ((ProcessLookup.Found) lookup).process();
    assertThat(found.pid()).isEqualTo(Math.toIntExact(process.pid()));

    NamespaceDoor door = new NamespaceDoor(PROC, List.of());
    Admission admission = door.open(found, false);
    assertThat(admission).isInstanceOf(Admission.Granted.class);
    try (NetworkNamespace namespace = ((Admission.Granted) admission).namespace()) {
      assertThat(namespace.identity()).isEqualTo(pod.identity());
    }

    process.destroyForcibly().onExit().join();
    assertThat(door.open(found, false)).isInstanceOf(Admission.Gone.class);
    assertThat(new CgroupContainerProcesses(PROC, CGROUPS).find(ID))
        .isInstanceOf(ProcessLookup.Exited.class);
  }

  @Test
  void deniesAProcessOfTheHost() {
    int ourselves = Math.toIntExact(ProcessHandle.current().pid());

    assertThat(new NamespaceDoor(PROC, List.of()).openPid(ourselves, false))
        .isInstanceOf(Admission.HostNetworkDenied.class);
  }

  private static NamespaceIdentity here() {
    try {
      return NamespaceIdentity.ofCurrentThread();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path nsOf(Process process) {
    return PROC.resolve(Long.toString(process.pid())).resolve("ns/net");
  }
}
