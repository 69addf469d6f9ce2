package io.alertcap.capturer.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pod as the target, by the cgroups of its containers. */
class CgroupPodsTest {

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
        "/kubepods/burstable/pod8b2b7c7e-1d5e-4c7e-9f7a-0a1b2c3d4e5f/{id}",
        "/kubepods.slice/kubepods-pod8b2b7c7e_1d5e_4c7e_9f7a_0a1b2c3d4e5f.slice/crio-{id}.scope"
      })
  void findsAPodByTheFirstProcessOfEachOfItsContainersTheOldestFirst(String layout) {
    String sandbox = layout.replace("{id}", OTHER);
    String container = layout.replace("{id}", HEX);
    host.cgroup(container.substring(1), 4711, 4712).cgroup(sandbox.substring(1), 77);
    host.process(4711, 500, "4711\t1", "0::" + container);
    host.process(4712, 501, "4712\t7", "0::" + container);
    host.process(77, 100, "77\t1", "0::" + sandbox);

    assertThat(processes().findPod(UID))
        .isEqualTo(
            new PodLookup.Found(
                List.of(
                    new ContainerProcess(77, 100, new ContainerId(OTHER), sandbox),
                    new ContainerProcess(4711, 500, ID, container))));
  }

  @Test
  void findsAPodInProcWhereItsCgroupsCannotBeSeen() {
    String pod = "0::/../../pod" + UID + "/";
    host.cgroup("", 0);
    host.process(4711, 500, "4711\t1", pod + HEX);
    host.process(77, 100, "77\t1", pod + OTHER);
    host.process(1, 1, "1", "0::/");

    assertThat(processes().findPod(UID))
        .isInstanceOfSatisfying(
            PodLookup.Found.class,
            found ->
                assertThat(found.processes())
                    .extracting(ContainerProcess::pid)
                    .containsExactly(77, 4711));
  }

  @Test
  void takesNoCgroupThatAnotherPodNamedLikeThePods() {
    String made = "kubepods/podaaaa/" + OTHER + "/pod" + UID + "/" + HEX;
    host.cgroup(made, 4711).process(4711, 500, "4711\t1", "0::/" + made);

    assertThat(processes().findPod(UID)).isEqualTo(new PodLookup.NotFound());
  }

  @Test
  void takesNeitherAMonitorNorAVirtualMachineForAPod() {
    String pod = "kubepods.slice/kubepods-pod" + UID.replace('-', '_') + ".slice";
    host.cgroup(pod + "/crio-conmon-" + OTHER + ".scope", 70)
        .process(70, 100, "70", "0::/" + pod + "/crio-conmon-" + OTHER + ".scope");
    assertThat(processes().findPod(UID)).isEqualTo(new PodLookup.NotFound());

    host.cgroup(pod + "/kata_" + OTHER, 77).process(77, 100, "77", "0::/" + pod + "/kata_" + OTHER);
    assertThat(processes().findPod(UID)).isEqualTo(new PodLookup.NoProcessOnHost("/" + pod));
  }

  private CgroupContainerProcesses processes() {
    return new CgroupContainerProcesses(host.proc(), host.cgroup());
  }
}
