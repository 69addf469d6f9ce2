package io.alertcap.capturer.container;

import java.util.List;

/** What came of looking for the processes of a pod. */
public sealed interface PodLookup {

  /**
   * The pod runs on this node.
   *
   * @param processes the first of each of its containers, the oldest first: where the runtime keeps
   *     a process for the pod's sandbox, it is that one, since no container starts before it
   */
  record Found(List<ContainerProcess> processes) implements PodLookup {
    public Found {
      processes = List.copyOf(processes);
    }
  }

  /** No process on this node runs in a container of the pod. */
  record NotFound() implements PodLookup {}

  /**
   * The pod's processes are in a virtual machine, as {@link ProcessLookup.NoProcessOnHost} says.
   *
   * @param podCgroup path of the pod's cgroup within its hierarchy
   */
  record NoProcessOnHost(String podCgroup) implements PodLookup {}
}
