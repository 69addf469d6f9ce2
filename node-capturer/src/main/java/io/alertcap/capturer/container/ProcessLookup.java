package io.alertcap.capturer.container;

/** What came of looking for a container's first process. */
public sealed interface ProcessLookup {

  /** The container runs on this node, and this is its first process. */
  record Found(ContainerProcess process) implements ProcessLookup {}

  /** Neither a cgroup nor a process on this node carries the ID. */
  record NotFound() implements ProcessLookup {}

  /**
   * The container's cgroup is still there, but no process is left in it. A sandboxed runtime that
   * keeps an empty cgroup for each container (gVisor can) looks the same from outside.
   *
   * @param cgroup path of the cgroup within its hierarchy
   */
  record Exited(String cgroup) implements ProcessLookup {}

  /**
   * The pod runs on this node, but in none of the cgroups that a container runtime makes: its
   * processes are a virtual machine and its helpers (Kata Containers and the like), and the
   * container's own processes are inside. Evidence: the pod's cgroup holds processes, and every one
   * of them sits in a cgroup that names no container (Kata puts its own under {@code kata_…}
   * exactly so that nobody takes it for a container's). Only found where the pod's UID is known: an
   * ID alone leads to no evidence.
   *
   * @param podCgroup path of the pod's cgroup within its hierarchy
   */
  record NoProcessOnHost(String podCgroup) implements ProcessLookup {}
}
