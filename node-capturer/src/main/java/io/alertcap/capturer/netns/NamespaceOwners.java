package io.alertcap.capturer.netns;

import io.alertcap.capturer.container.PodLogs;
import io.alertcap.capturer.container.PodName;
import io.alertcap.capturer.container.ProcFs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells whose a namespace is that is open already, from the cgroups of the processes in it and the
 * names that the kubelet gave to its pods: so that nobody's word is needed for it.
 *
 * <p>A process counts only if it is seen in the namespace after its cgroup was read: its PID may
 * have gone to another in between. Reading needs {@link Capability#SYS_PTRACE}. Thread-safe; reads
 * afresh at each call.
 */
public final class NamespaceOwners {

  private final ProcFs proc;
  private final HostNamespace host;
  private final PodLogs pods;

  /**
   * @param procRoot the host's {@code /proc}
   * @param pods of the same node
   */
  public NamespaceOwners(Path procRoot, PodLogs pods) {
    this.proc = new ProcFs(procRoot);
    this.host = new HostNamespace(proc);
    this.pods = pods;
  }

  /**
   * The owner: the pods of all that are in the namespace, since a process with enough rights can
   * have gone into another pod's. That reads all of {@code /proc}: some milliseconds. Of the node's
   * own network, where all pods may be, it is the pod of the process by which it was opened.
   *
   * @param pid the process by which it was opened; empty where a path led there
   */
  public NamespaceOwner of(NetworkNamespace namespace, OptionalInt pid) {
    Set<String> uids = pid.isPresent() ? podUids(namespace, pid.getAsInt()) : Set.of();
    if (isHosts(namespace)) {
      return uids.isEmpty()
          ? NamespaceOwner.unknown("it is the network of the node, and no pod's own")
          : named(uids);
    }
    Set<String> all = new HashSet<>(uids);
    proc.pids().forEach(each -> all.addAll(podUids(namespace, each)));
    return all.isEmpty()
        ? NamespaceOwner.unknown("no process in it runs in the cgroup of a pod")
        : named(all);
  }

  private Set<String> podUids(NetworkNamespace namespace, int pid) {
    if (!isIn(namespace, pid)) {
      return Set.of();
    }
    Set<String> uids = proc.podUidsOf(pid);
    return isIn(namespace, pid) ? uids : Set.of();
  }

  private NamespaceOwner named(Set<String> uids) {
    Set<PodName> names = new HashSet<>();
    Set<String> unnamed = new TreeSet<>();
    for (String uid : uids) {
      pods.named(uid).ifPresentOrElse(names::add, () -> unnamed.add(uid));
    }
    return new NamespaceOwner(
        names,
        Optional.of(unnamed)
            .filter(some -> !some.isEmpty())
            .map(some ->
                "no directory of node.podLogsRoot names the pod of UID "
                    + String.join(", ", some)));
  }

  private boolean isHosts(NetworkNamespace namespace) {
    return host.find() instanceof HostNamespace.Lookup.Known(NamespaceIdentity identity)
        && namespace.identity().equals(identity);
  }

  private boolean isIn(NetworkNamespace namespace, int pid) {
    try {
      return NamespaceIdentity.of(proc.networkNamespace(pid)).equals(namespace.identity());
    } catch (IOException goneOrOthers) {
      return false;
    }
  }
}
