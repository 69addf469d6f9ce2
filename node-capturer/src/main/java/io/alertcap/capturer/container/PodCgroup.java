package io.alertcap.capturer.container;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The cgroup that the kubelet keeps a pod's containers in.
 *
 * @param hierarchy that it lies in
 * @param directory the cgroup itself
 */
record PodCgroup(CgroupTree cgroups, Path hierarchy, Path directory) {

  /** The pod's cgroup in a hierarchy, if it has one there. */
  static Optional<PodCgroup> find(CgroupTree cgroups, Path hierarchy, String podUid) {
    return cgroups
        .find(hierarchy, name -> CgroupName.isOfPod(podUid, name))
        .map(directory -> new PodCgroup(cgroups, hierarchy, directory));
  }

  /** Path within its hierarchy. */
  String path() {
    return "/" + hierarchy.relativize(directory);
  }

  /**
   * A container in it.
   *
   * @param pids of its processes
   */
  record Container(ContainerId id, List<Integer> pids) {}

  /** The containers that have processes, sandboxes among them. */
  List<Container> containers() {
    return Stream.ofNullable(directory.toFile().list())
        .flatMap(Stream::of)
        .flatMap(name ->
            CgroupName.containerIn(name).map(id -> new Container(id, pidsIn(name))).stream())
        .filter(container -> !container.pids().isEmpty())
        .toList();
  }

  /** Whether it holds processes, and every one of them in a cgroup that names no container. */
  boolean runsOutsideOfContainersOnly() {
    List<Path> occupied =
        cgroups.within(directory).stream()
            .filter(cgroup -> !CgroupTree.processes(cgroup).isEmpty())
            .map(directory::relativize)
            .filter(cgroup -> !anyName(cgroup, CgroupName::isOfMonitor))
            .toList();
    return !occupied.isEmpty()
        && occupied.stream().noneMatch(cgroup -> anyName(cgroup, CgroupName::isOfSomeContainer));
  }

  private List<Integer> pidsIn(String container) {
    return cgroups.processesWithin(directory.resolve(container));
  }

  private static boolean anyName(Path cgroup, Predicate<String> test) {
    for (Path name : cgroup) {
      if (test.test(name.toString())) {
        return true;
      }
    }
    return false;
  }
}
