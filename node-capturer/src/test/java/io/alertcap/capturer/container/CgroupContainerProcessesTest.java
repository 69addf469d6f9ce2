package io.alertcap.capturer.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CgroupContainerProcessesTest {

  private static final String HEX = "72651dc7".repeat(8);
  private static final String OTHER = "0badcafe".repeat(8);
  private static final ContainerId ID = new ContainerId(HEX);
  private static final String UID = "8b2b7c7e-1d5e-4c7e-9f7a-0a1b2c3d4e5f";

  @TempDir Path directory;
  private FakeHost host;

  @BeforeEach
  void anEmptyHost() {
    host = new FakeHost(directory);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kubepods/burstable/pod8b2b7c7e-1d5e-4c7e-9f7a-0a1b2c3d4e5f/{id}",
        "kubepods.slice/kubepods-burstable.slice/"
            + "kubepods-burstable-pod8b2b7c7e_1d5e_4c7e_9f7a_0a1b2c3d4e5f.slice/"
            + "cri-containerd-{id}.scope",
        "kubepods.slice/kubepods-pod8b2b7c7e_1d5e_4c7e_9f7a_0a1b2c3d4e5f.slice/crio-{id}.scope",
        "kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-besteffort.slice/"
            + "kubelet-kubepods-besteffort-pod8b2b7c7e_1d5e_4c7e_9f7a_0a1b2c3d4e5f.slice/"
            + "cri-containerd-{id}.scope",
        "system.slice/docker-0badcafe0badcafe0badcafe0badcafe0badcafe0badcafe0badcafe0badcafe.scope"
            + "/kubelet.slice/kubelet-kubepods.slice/cri-containerd-{id}.scope",
        "docker/{id}",
        "system.slice/docker-{id}.scope",
        "machine.slice/libpod-{id}.scope",
        "system.slice/kubepods-burstable-pod8b2b7c7e.slice:cri-containerd:{id}"
      })
  void findsTheCgroupInEveryLayoutOfTheUnifiedHierarchy(String layout) {
    String path = layout.replace("{id}", HEX);
    host.cgroup(path, 4711).process(4711, 500, "4711\t1");

    assertThat(find())
        .isEqualTo(new ProcessLookup.Found(new ContainerProcess(4711, 500, ID, "/" + path)));
  }

  @ParameterizedTest
  @CsvSource({
    "memory, kubepods/burstable/pod1/{id}",
    "systemd, kubepods.slice/kubepods-pod1.slice/cri-containerd-{id}.scope",
    "unified, kubepods.slice/kubepods-pod1.slice/crio-{id}.scope"
  })
  void findsTheCgroupInWhateverHierarchyHoldsIt(String hierarchy, String layout) {
    host.withHierarchies()
        .cgroup("cpu,cpuacct")
        .cgroup("memory/system.slice", 1)
        .cgroup("unified/init.scope", 1)
        .cgroup("systemd/user.slice")
        .cgroup(hierarchy + "/" + layout.replace("{id}", HEX), 4711)
        .process(4711, 500, "4711\t1");

    assertThat(find()).isInstanceOf(ProcessLookup.Found.class);
  }

  @Test
  void looksPastNamesThatThisLocaleCannotSpell() throws IOException, InterruptedException {
    String own = "kubepods/pod1/" + HEX;
    host.cgroup(own, 4711).process(4711, 500, "4711\t1");
    String makesOne = "mkdir \"$(printf 'b\\303\\274r\\377de')\"";
    Process shell =
        new ProcessBuilder("sh", "-c", makesOne)
            .directory(host.cgroup().resolve(own).toFile())
            .start();
    assertThat(shell.waitFor()).isZero();

    assertThat(find()).isInstanceOf(ProcessLookup.Found.class);
  }

  @Test
  void looksOnWhereOneHierarchyHoldsAnEmptyCgroup() {
    host.withHierarchies()
        .cgroup("systemd/kubepods/pod1/" + HEX)
        .cgroup("memory/kubepods/pod1/" + HEX, 4711)
        .process(4711, 500, "4711\t1");

    assertThat(find()).isInstanceOf(ProcessLookup.Found.class);
  }

  @ParameterizedTest
  @CsvSource({
    "kubepods.slice/kubepods-pod{n}.slice/crio-{id}.scope, crio-conmon-{id}.scope",
    "kubepods.slice/kubepods-pod{n}.slice/cri-containerd-{id}.scope, ''",
    "kubepods/burstable/pod{n}/{id}, ''"
  })
  void findsTheCgroupAmongManyPods(String layout, String besideIt) {
    for (int pod = 0; pod < 50; pod++) {
      String id = pod == 33 ? HEX : "%064x".formatted(pod);
      String path = layout.replace("{n}", "" + pod).replace("{id}", id);
      host.cgroup(path, 1000 + pod).process(1000 + pod, 500, (1000 + pod) + "\t1");
      if (!besideIt.isEmpty()) {
        String monitor = path.replaceFirst("[^/]*$", besideIt.replace("{id}", id));
        host.cgroup(monitor, 2000 + pod).process(2000 + pod, 499, "" + (2000 + pod));
      }
    }

    assertThat(pidFound()).isEqualTo(1033);
  }

  @Test
  void findsTheCgroupWhereAnotherPodsRuntimeNamesThemDifferently() {
    host.cgroup("kubepods/pod1/" + OTHER, 5)
        .cgroup("kubepods/pod2/cri-containerd-" + OTHER + ".scope", 6)
        .cgroup("kubepods/pod3/crio-" + HEX + ".scope", 4711)
        .process(4711, 500, "4711\t1");

    assertThat(pidFound()).isEqualTo(4711);
  }

  @Test
  void countsChildCgroupsAsTheContainers() {
    String path = "kubepods.slice/cri-containerd-" + HEX + ".scope";
    host.cgroup(path)
        .cgroup(path + "/init.scope", 4711)
        .cgroup(path + "/system.slice/nginx.service", 4712)
        .process(4711, 500, "4711\t1")
        .process(4712, 501, "4712\t7");

    assertThat(pidFound()).isEqualTo(4711);
  }

  @Test
  void takesPidOneOfThePidNamespaceAndNotTheOldest() {
    host.cgroup("kubepods/pod1/" + HEX, 4700, 4711)
        .process(4700, 400, "4700\t22")
        .process(4711, 500, "4711\t1");

    assertThat(pidFound()).isEqualTo(4711);
  }

  @Test
  void takesTheOldestOfSeveralPidOnes() {
    host.cgroup("kubepods/pod1/" + HEX, 4700, 4711)
        .process(4700, 600, "4700\t31\t1")
        .process(4711, 500, "4711\t1");

    assertThat(pidFound()).isEqualTo(4711);
  }

  @Test
  void takesTheOldestWhereThePidNamespaceIsShared() {
    host.cgroup("kubepods/pod1/" + HEX, 30, 29, 31)
        .process(29, 900, "29")
        .process(30, 800, "30")
        .process(31, 850, "31");

    assertThat(pidFound()).isEqualTo(30);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "machine.slice/libpod-conmon-{id}.scope",
        "kubepods.slice/crio-conmon-{id}.scope",
        "kubepods/pod1/kata_{id}",
        "kubepods/pod1/f{id}",
        "kubepods/pod1/{id}0"
      })
  void leavesProcessesOfTheHostAlone(String layout) {
    String path = layout.replace("{id}", HEX);
    host.cgroup(path, 99).process(99, 100, "99", "0::/" + path);

    assertThat(find()).isEqualTo(new ProcessLookup.NotFound());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0::/../../kubepods-pod1.slice/cri-containerd-{id}.scope",
        "0::/../{id}/init.scope",
        "4:memory:/kubepods/pod1/{id}",
        "0::/a name with\ra carriage return/{id}"
      })
  void readsTheProcessesOwnWordWhereItsCgroupIsOutOfSight(String line) {
    host.cgroup("somewhere/else", 0)
        .process(1, 1, "1", "0::/")
        .process(4712, 501, "4712\t9", "1:name=systemd:/", line.replace("{id}", HEX))
        .process(4711, 500, "4711\t1", "1:name=systemd:/", line.replace("{id}", HEX));

    assertThat(pidFound()).isEqualTo(4711);
  }

  @Test
  void readsTheProcessesOwnWordFromInsideAPidNamespaceWhereEveryPidIsZero() {
    host.cgroup("kubepods/pod1/" + HEX, 0, 0)
        .process(4711, 500, "4711\t1", "0::/kubepods/pod1/" + HEX);

    assertThat(pidFound()).isEqualTo(4711);
  }

  @Test
  void saysExitedWhereTheCgroupIsLeftWithoutAProcess() {
    host.cgroup("kubepods/pod1/" + HEX, 4711);

    assertThat(find()).isEqualTo(new ProcessLookup.Exited("/kubepods/pod1/" + HEX));
  }

  @Test
  void countsAZombieAsExited() {
    host.cgroup("kubepods/pod1/" + HEX, 4711).zombie(4711, 500);

    assertThat(find()).isInstanceOf(ProcessLookup.Exited.class);
  }

  @Test
  void saysNotFoundOnAnEmptyHost() {
    assertThat(find()).isEqualTo(new ProcessLookup.NotFound());
  }

  @Test
  void knowsAVirtualMachineByAPodWhoseProcessesAreInNoContainersCgroup() {
    host.cgroup("kubepods/burstable/pod" + UID + "/kata_" + OTHER, 77)
        .process(77, 100, "77", "0::/kubepods/burstable/pod" + UID + "/kata_" + OTHER);

    assertThat(findInPod())
        .isEqualTo(new ProcessLookup.NoProcessOnHost("/kubepods/burstable/pod" + UID));
    assertThat(find()).isEqualTo(new ProcessLookup.NotFound());
  }

  @Test
  void findsThePodUnderSystemdsSpellingOfItsUid() {
    String pod = "kubepods.slice/kubepods-pod" + UID.replace('-', '_') + ".slice";
    host.cgroup(pod + "/sandbox", 77);

    assertThat(findInPod()).isEqualTo(new ProcessLookup.NoProcessOnHost("/" + pod));
  }

  @Test
  void doesNotTakeARestartedContainerForAVirtualMachine() {
    host.cgroup("kubepods/pod" + UID + "/" + OTHER, 4711).process(4711, 500, "4711\t1");

    assertThat(findInPod()).isEqualTo(new ProcessLookup.NotFound());
  }

  @Test
  void doesNotTakeAPodWithoutProcessesForAVirtualMachine() {
    host.cgroup("kubepods/pod" + UID + "/kata_" + OTHER);

    assertThat(findInPod()).isEqualTo(new ProcessLookup.NotFound());
  }

  private ProcessLookup find() {
    return processes().find(ID);
  }

  private ProcessLookup findInPod() {
    return processes().find(ID, Optional.of(UID));
  }

  private int pidFound() {
    return find() instanceof ProcessLookup.Found found ? found.process().pid() : -1;
  }

  private CgroupContainerProcesses processes() {
    return new CgroupContainerProcesses(host.proc(), host.cgroup());
  }
}
