package io.alertcap.standalone.bench;

import io.alertcap.capturer.container.ContainerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * A node's worth of containers, as far as a lookup can see: cgroups named as the kubelet names
 * them, and in each a PID namespace with an init and its children.
 */
final class Crowd implements AutoCloseable {

  static final int CONTAINERS = 250;
  static final int PROCESSES_EACH = 20;

  private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

  /** Where a lookup begins, too, on a machine with several hierarchies. */
  private static final List<String> HIERARCHIES = List.of("systemd", "unified", "pids");

  /**
   * Moves itself into the cgroup $CGROUP, has $0 children, and waits for them. No command line may
   * carry the container's ID, for none does on a node.
   */
  private static final String INIT =
      """
      echo 0 >"$CGROUP/cgroup.procs"
      i=0
      while [ $i -lt $0 ]; do sleep 3600 & i=$((i + 1)); done
      wait
      """;

  private final CleanUp cleanUp = new CleanUp();
  private final Random random = new Random();
  private final List<Member> members = new ArrayList<>();

  private Crowd() {}

  /** A container, and its first process as the host counts. */
  record Member(ContainerId id, String podUid, long pid) {}

  static Path cgroupRoot() {
    return CGROUPS;
  }

  /** Blocks until every process runs. */
  static Crowd gather() throws BenchFailed, InterruptedException {
    Crowd crowd = new Crowd();
    try {
      crowd.fill();
      return crowd;
    } catch (BenchFailed | InterruptedException | RuntimeException | Error e) {
      crowd.close();
      throw e;
    }
  }

  Member anyOne() {
    return members.get(random.nextInt(members.size()));
  }

  @Override
  public void close() {
    cleanUp.close();
  }

  private void fill() throws BenchFailed, InterruptedException {
    Path top = hierarchy().resolve("kubepods-alertcap-bench-" + ProcessHandle.current().pid());
    Path pods = top.resolve("burstable");
    make(top);
    make(pods);
    for (int i = 0; i < CONTAINERS; i++) {
      String podUid = new UUID(random.nextLong(), random.nextLong()).toString();
      ContainerId id = randomId();
      Path pod = pods.resolve("pod" + podUid);
      Path cgroup = pod.resolve(id.hex());
      make(pod);
      make(cgroup);
      Process outside =
          Programs.started(
              List.of(
                  "unshare",
                  "--pid",
                  "--fork",
                  "--kill-child",
                  "sh",
                  "-c",
                  INIT,
                  Integer.toString(PROCESSES_EACH - 1)),
              Map.of("CGROUP", cgroup.toString()));
      cleanUp.add(outside::destroyForcibly);
      awaitProcesses(cgroup, outside);
      long pid = outside.children().findFirst().orElseThrow().pid();
      members.add(new Member(id, podUid, pid));
    }
  }

  private void make(Path cgroup) throws BenchFailed {
    try {
      Files.createDirectory(cgroup);
      cleanUp.add(() -> remove(cgroup));
    } catch (IOException e) {
      throw new BenchFailed("This machine does not let cgroups be made: " + e.getMessage(), e);
    }
  }

  private static void awaitProcesses(Path cgroup, Process outside)
      throws BenchFailed, InterruptedException {
    try {
      while (Files.readAllLines(cgroup.resolve("cgroup.procs")).size() < PROCESSES_EACH) {
        if (!outside.isAlive()) {
          throw new BenchFailed("This machine does not let PID namespaces be made.");
        }
        Thread.sleep(2);
      }
    } catch (IOException e) {
      throw new BenchFailed("Reading " + cgroup + " failed.", e);
    }
  }

  /** A cgroup can be removed as soon as its last process is gone, which takes a moment. */
  private static void remove(Path cgroup) {
    for (int attempt = 0; attempt < 500; attempt++) {
      if (cgroup.toFile().delete()) {
        return;
      }
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    System.err.println("bench: remove it by hand: rmdir " + cgroup);
  }

  private static Path hierarchy() throws BenchFailed {
    if (Files.exists(CGROUPS.resolve("cgroup.procs"))) {
      return CGROUPS;
    }
    return HIERARCHIES.stream()
        .map(CGROUPS::resolve)
        .filter(Files::isDirectory)
        .findFirst()
        .orElseThrow(() -> new BenchFailed("There are no cgroups in " + CGROUPS + "."));
  }

  private ContainerId randomId() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return new ContainerId(HexFormat.of().formatHex(bytes));
  }
}
