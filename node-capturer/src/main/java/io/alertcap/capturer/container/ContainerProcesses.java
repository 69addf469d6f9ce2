package io.alertcap.capturer.container;

import java.util.Optional;

/** Finds the first processes of containers that run on this node. */
public interface ContainerProcesses {

  /**
   * Looks the container up as things stand now; nothing is remembered between calls. Blocks for
   * milliseconds, may be called from any thread.
   *
   * @param container whose process is wanted
   * @param podUid the UID of the container's pod, where known. Only with it can {@link
   *     ProcessLookup.NoProcessOnHost} be told from {@link ProcessLookup.NotFound}.
   */
  ProcessLookup find(ContainerId container, Optional<String> podUid);

  /**
   * Looks a pod up by whatever runs in it, its sandbox included: no container of it need be known,
   * or run. Blocks as {@link #find} does.
   *
   * @param podUid as the node knows it
   */
  PodLookup findPod(String podUid);

  /** Looks up a container of whose pod nothing is known. */
  default ProcessLookup find(ContainerId container) {
    return find(container, Optional.empty());
  }
}
