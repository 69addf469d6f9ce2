package io.alertcap.capturer.container;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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

  private static final Comparator<ContainerProcess> OLDEST_FIRST =
      Comparator.comparingLong(ContainerProcess::startTime).thenComparingInt(ContainerProcess::pid);

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
    return proc.firstOf(cgroups.processesWithin(cgroup))
        .map(first -> new ContainerProcess(first.pid(), first.time(), container, path));
  }

  private Optional<ContainerProcess> firstOfAll(ContainerId container) {
    return first(container, proc.pids().stream().filter(pid -> proc.isIn(container, pid)).toList());
  }

  private Optional<ContainerProcess> first(ContainerId container, List<Integer> pids) {
    return proc.firstOf(pids)
        .flatMap(first ->
            proc.cgroupOf(container, first.pid())
                .map(path -> new ContainerProcess(first.pid(), first.time(), container, path)));
  }

  @Override
  public PodLookup findPod(String podUid) {
    List<Path> hierarchies = cgroups.hierarchies();
    List<ContainerProcess> processes =
        hierarchies.stream()
            .flatMap(hierarchy -> PodCgroup.find(cgroups, hierarchy, podUid).stream())
            .map(pod -> firstOfEach(pod, podUid))
            .filter(found -> !found.isEmpty())
            .findFirst()
            .orElseGet(() -> firstOfEachOfAll(podUid));
    if (!processes.isEmpty()) {
      return new PodLookup.Found(processes);
    }
    return podWithoutContainers(hierarchies, podUid)
        .<PodLookup>map(PodLookup.NoProcessOnHost::new)
        .orElseGet(PodLookup.NotFound::new);
  }

  private List<ContainerProcess> firstOfEach(PodCgroup pod, String podUid) {
    return pod.containers().stream()
        .flatMap(container -> firstOf(podUid, container.id(), container.pids()).stream())
        .sorted(OLDEST_FIRST)
        .toList();
  }

  private List<ContainerProcess> firstOfEachOfAll(String podUid) {
    Map<ContainerId, List<Integer>> pids =
        proc.pids().stream()
            .filter(pid -> proc.podUidsOf(pid).contains(podUid))
            .flatMap(pid -> proc.containerInPodOf(pid).map(id -> Map.entry(id, pid)).stream())
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    return pids.entrySet().stream()
        .flatMap(each -> firstOf(podUid, each.getKey(), each.getValue()).stream())
        .sorted(OLDEST_FIRST)
        .toList();
  }

  /** Of this pod by its process's own word, too: a container may name cgroups of its own alike. */
  private Optional<ContainerProcess> firstOf(
      String podUid, ContainerId container, List<Integer> pids) {
    return first(container, pids)
        .filter(process -> proc.podUidsOf(process.pid()).equals(Set.of(podUid)));
  }

  private Optional<String> podWithoutContainers(List<Path> hierarchies, String podUid) {
    return hierarchies.stream()
        .flatMap(hierarchy -> PodCgroup.find(cgroups, hierarchy, podUid).stream())
        .filter(PodCgroup::runsOutsideOfContainersOnly)
        .map(PodCgroup::path)
        .findFirst();
  }

  private static String pathWithin(Path hierarchy, Path cgroup) {
    return "/" + hierarchy.relativize(cgroup);
  }
}
