package io.alertcap.capturer.container;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finds container processes through the host's cgroups: the directory named after the container's
 * ID, and the processes in it. Never by command line: what carries an ID there is the runtime's
 * shim, which lives in the host's network namespace.
 *
 * <p>Where the cgroups visible here do not lead to a process (a private cgroup namespace, or a PID
 * namespace of our own, in which {@code cgroup.procs} reads as zeros), every process's {@code
 * /proc/PID/cgroup} is read instead: slower, the same answer.
 *
 * <p>Needs no capability; it does need the host's {@code /proc} and cgroup file system, read-only.
 */
public final class CgroupContainerProcesses implements ContainerProcesses {

  private final ProcFs proc;
  private final CgroupTree cgroups;
  private final Path cgroupRoot;

  /**
   * @param procRoot the host's {@code /proc}
   * @param cgroupRoot the host's {@code /sys/fs/cgroup}
   */
  public CgroupContainerProcesses(Path procRoot, Path cgroupRoot) {
    this.proc = new ProcFs(procRoot);
    this.cgroups = new CgroupTree(cgroupRoot);
    this.cgroupRoot = cgroupRoot;
  }

  /** Why no container can be found here, in a sentence for the operator; nothing if they can. */
  public Optional<String> problem() {
    return cgroups.hierarchies().isEmpty()
        ? Optional.of(
            "There are no cgroups, of version 1 or 2, at %s: mount the node's /sys/fs/cgroup, and set node.cgroupRoot to where it is."
                .formatted(cgroupRoot))
        : Optional.empty();
  }

  @Override
  public ProcessLookup find(ContainerId container, Optional<String> podUid) {
    List<Path> hierarchies = cgroups.hierarchies();
    Optional<String> left = Optional.empty();
    for (Path hierarchy : hierarchies) {
      Optional<Path> cgroup = cgroupIn(hierarchy, container);
      if (cgroup.isEmpty()) {
        continue;
      }
      String path = pathWithin(hierarchy, cgroup.get());
      Optional<ContainerProcess> first = firstIn(cgroup.get(), container, path);
      if (first.isPresent()) {
        return new ProcessLookup.Found(first.get());
      }
      left = Optional.of(path);
    }
    Optional<ContainerProcess> first = firstOfAll(container);
    if (first.isPresent()) {
      return new ProcessLookup.Found(first.get());
    }
    if (left.isPresent()) {
      return new ProcessLookup.Exited(left.get());
    }
    return podUid
        .flatMap(uid -> podWithoutContainers(hierarchies, uid))
        .<ProcessLookup>map(ProcessLookup.NoProcessOnHost::new)
        .orElseGet(ProcessLookup.NotFound::new);
  }

  private Optional<Path> cgroupIn(Path hierarchy, ContainerId container) {
    return cgroups
        .findInPods(hierarchy, container)
        .or(() -> cgroups.find(hierarchy, name -> CgroupName.isOf(container, name)));
  }

  private Optional<ContainerProcess> firstIn(Path cgroup, ContainerId container, String path) {
    List<Integer> pids = processesWithin(cgroup);
    return proc.firstOf(pids)
        .map(first -> new ContainerProcess(first.pid(), first.time(), container, path));
  }

  private Optional<ContainerProcess> firstOfAll(ContainerId container) {
    List<Integer> pids = proc.pids().stream().filter(pid -> proc.isIn(container, pid)).toList();
    return proc.firstOf(pids)
        .flatMap(first ->
            proc.cgroupOf(container, first.pid())
                .map(path -> new ContainerProcess(first.pid(), first.time(), container, path)));
  }

  private Optional<String> podWithoutContainers(List<Path> hierarchies, String podUid) {
    for (Path hierarchy : hierarchies) {
      Optional<Path> pod = cgroups.find(hierarchy, name -> CgroupName.isOfPod(podUid, name));
      if (pod.isPresent() && runsOutsideOfContainersOnly(pod.get())) {
        return Optional.of(pathWithin(hierarchy, pod.get()));
      }
    }
    return Optional.empty();
  }

  private boolean runsOutsideOfContainersOnly(Path pod) {
    List<Path> occupied =
        cgroups.within(pod).stream()
            .filter(cgroup -> !CgroupTree.processes(cgroup).isEmpty())
            .toList();
    return !occupied.isEmpty()
        && occupied.stream().noneMatch(cgroup -> liesInContainer(pod.relativize(cgroup)));
  }

  private static boolean liesInContainer(Path cgroupOfPod) {
    for (Path name : cgroupOfPod) {
      if (CgroupName.isOfSomeContainer(name.toString())) {
        return true;
      }
    }
    return false;
  }

  private List<Integer> processesWithin(Path cgroup) {
    return cgroups.within(cgroup).stream()
        .flatMap(each -> CgroupTree.processes(each).stream())
        .distinct()
        .toList();
  }

  private static String pathWithin(Path hierarchy, Path cgroup) {
    return "/" + hierarchy.relativize(cgroup);
  }
}
