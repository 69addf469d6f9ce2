package io.alertcap.capturer.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.alertcap.capturer.container.ContainerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Real containers, run by a containerd and runc of our own in the cgroups that the kubelet would
 * make ({@code kubepods/burstable/pod<uid>/<id>}). To be registered in a static field: containerd
 * lives for a test class, containers for a test. Where a machine cannot run them, tests are
 * skipped, with the reason.
 */
public final class ContainerdLab implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

  private static final String PARENT = "kubepods/burstable";

  private final CgroupMount cgroups;
  private final Random random = new Random();
  private final List<LabContainer> containers = new ArrayList<>();
  private final List<AutoCloseable> toClose = new ArrayList<>();
  private Optional<Containerd> containerd = Optional.empty();

  public ContainerdLab(CgroupMount cgroups) {
    this.cgroups = cgroups;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    Machine.needRoot("running containers");
    Machine.needProgram("containerd", "--version", "containerd");
    Machine.needProgram("ctr", "--version", "containerd");
    Machine.needProgram("runc", "--version", "runc");
    Machine.needProgram(BusyboxImage.BUSYBOX, "true", "busybox-static");
    assumeTrue(cgroups.root().isPresent(), "skipped: this machine has no such cgroups: " + cgroups);
    try {
      start();
    } catch (IOException | RuntimeException | Error e) {
      afterAll(context);
      throw e;
    }
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    for (LabContainer container : List.copyOf(containers).reversed()) {
      remove(container);
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    for (AutoCloseable each : toClose.reversed()) {
      each.close();
    }
    toClose.clear();
  }

  /** The cgroups in which the containers are to be found. */
  public Path cgroupRoot() {
    return cgroups.root().orElseThrow();
  }

  /** Runs a container in a network namespace that is there, as every container of a pod is run. */
  public LabContainer startIn(Path networkNamespace, String... busyboxCommand) {
    return startInPod(UUID.randomUUID().toString(), networkNamespace, busyboxCommand);
  }

  /** The same in the cgroup of a pod, which may have other containers. */
  public LabContainer startInPod(String podUid, Path networkNamespace, String... busyboxCommand) {
    return start(podUid, List.of("--with-ns", "network:" + networkNamespace), busyboxCommand);
  }

  /** Runs a container in the network and PID namespaces of another. */
  public LabContainer startSharingProcessesWith(LabContainer other, String... busyboxCommand) {
    String namespaces = "/proc/" + other.pid() + "/ns/";
    return start(
        UUID.randomUUID().toString(),
        List.of(
            "--with-ns", "network:" + namespaces + "net", "--with-ns", "pid:" + namespaces + "pid"),
        busyboxCommand);
  }

  /** Runs a container in the host's network namespace. */
  public LabContainer startInHostNetwork(String... busyboxCommand) {
    return start(UUID.randomUUID().toString(), List.of("--net-host"), busyboxCommand);
  }

  /** Runs one more process in a container, to its end. */
  public void exec(LabContainer container, String... busyboxCommand) {
    List<String> arguments = new ArrayList<>(List.of("task", "exec", "--exec-id"));
    arguments.addAll(List.of("exec-" + random.nextInt(1 << 30), container.id().hex()));
    arguments.addAll(busybox(busyboxCommand));
    daemon().ctr(arguments.toArray(String[]::new));
  }

  /** Kills the container's first process, and waits until the others have gone with it. */
  public void kill(LabContainer container) {
    String id = container.id().hex();
    daemon().ctr("task", "kill", "--signal", "SIGKILL", id);
    awaitExit(container);
  }

  /** Waits until the container's first process has ended; its cgroup stays until it is removed. */
  public void awaitExit(LabContainer container) {
    await().until(() -> statusOf(container.id()).equals("STOPPED"));
  }

  /** Ends a container, and removes what is left of it. */
  public void remove(LabContainer container) throws IOException {
    String id = container.id().hex();
    daemon().tried("task", "delete", "--force", id);
    daemon().tried("container", "delete", id);
    containers.remove(container);
    boolean isLast =
        containers.stream().noneMatch(other -> other.podUid().equals(container.podUid()));
    for (Path hierarchy : CgroupMount.hierarchies()) {
      Path pod = hierarchy.resolve(PARENT).resolve("pod" + container.podUid());
      awaitRemovalOf(pod.resolve(id));
      if (isLast) {
        awaitRemovalOf(pod);
      }
    }
  }

  private static void awaitRemovalOf(Path cgroup) {
    await()
        .pollDelay(Duration.ZERO)
        .until(() -> Files.notExists(cgroup) || cgroup.toFile().delete());
  }

  private void start() throws IOException {
    Path directory = Files.createTempDirectory("alertcap-containerd");
    toClose.add(() -> deleteTree(directory));
    for (Path parent : missingParents()) {
      toClose.add(() -> parent.toFile().delete()); // unless somebody else uses it by now
    }
    Containerd started = Containerd.start(directory, cgroups.runc(directory));
    toClose.add(started);
    assumeTrue(
        started.isRunning(), "skipped: containerd does not run here: " + started.lastWords());
    containerd = Optional.of(started);
    Path image = BusyboxImage.archiveIn(Files.createDirectory(directory.resolve("image")));
    started.ctr("image", "import", "--snapshotter", "native", image.toString());
    assumeContainersRun(started);
  }

  private void assumeContainersRun(Containerd started) {
    String id = "probe-" + Long.toHexString(random.nextLong());
    Machine.Finished run = started.run(List.of("--cgroup", "/" + id), id, busybox("true"));
    started.tried("task", "delete", "--force", id);
    started.tried("container", "delete", id);
    assumeTrue(
        run.succeeded(), () -> "skipped: this machine does not run containers: " + run.errors());
  }

  private LabContainer start(String podUid, List<String> options, String... busyboxCommand) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    ContainerId id = new ContainerId(HexFormat.of().formatHex(bytes));
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("--cgroup", "/" + PARENT + "/pod" + podUid + "/" + id));
    Machine.Finished run = daemon().run(all, id.hex(), busybox(busyboxCommand));
    assertThat(run.exitCode()).as(run.errors()).isZero();
    int pid = Integer.parseInt(taskOf(id).get(1));
    int shimPid = Math.toIntExact(ProcessHandle.of(pid).orElseThrow().parent().orElseThrow().pid());
    LabContainer container = new LabContainer(id, podUid, pid, shimPid);
    containers.add(container);
    return container;
  }

  private Containerd daemon() {
    return containerd.orElseThrow();
  }

  private String statusOf(ContainerId id) {
    return taskOf(id).get(2);
  }

  /** ID, PID and status. */
  private List<String> taskOf(ContainerId id) {
    List<List<String>> tasks =
        daemon().ctr("task", "list").stream()
            .filter(line -> line.startsWith(id.hex()))
            .map(line -> List.of(line.split("\\s+", -1)))
            .toList();
    assertThat(tasks).hasSize(1);
    return tasks.getFirst();
  }

  private static List<String> busybox(String... command) {
    List<String> all = new ArrayList<>(List.of(BusyboxImage.BUSYBOX));
    all.addAll(List.of(command));
    return all;
  }

  /** Outermost first, so that they are closed innermost first. */
  private static List<Path> missingParents() throws IOException {
    return CgroupMount.hierarchies().stream()
        .flatMap(hierarchy -> Stream.of(hierarchy.resolve("kubepods"), hierarchy.resolve(PARENT)))
        .filter(Files::notExists)
        .toList();
  }

  private static void deleteTree(Path directory) throws IOException {
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
