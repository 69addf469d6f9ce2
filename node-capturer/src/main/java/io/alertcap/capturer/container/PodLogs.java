package io.alertcap.capturer.container;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the pods of this node are called: from the names of the directories that its kubelet keeps
 * their logs in, {@code <namespace>_<name>_<uid>}, made before a pod's first container and removed
 * after its last. They need no token of the API server, and nobody writes there but root of the
 * node. A static pod has the hash of its manifest for a UID there, as in its cgroup.
 *
 * <p>Only names are read, never a log. Stateless; blocks for as long as listing a directory takes.
 */
public final class PodLogs {

  /** Neither a namespace nor the name or the UID of a pod can have one. */
  private static final String SEPARATOR = "_";

  private final Path root;

  /**
   * @param root the node's {@code /var/log/pods}, which need not exist
   */
  public PodLogs(Path root) {
    this.root = root;
  }

  /** Why no pod can be named here, in a sentence for the operator; nothing if they can. */
  public Optional<String> problem() {
    return root.toFile().list() == null
        ? Optional.of(
            "%s cannot be read: mount the node's /var/log/pods, and set node.podLogsRoot to where it is."
                .formatted(root))
        : Optional.empty();
  }

  /** What the pod of this UID is called; empty where the directories do not tell, or tell two. */
  public Optional<PodName> named(String uid) {
    String[] directories = root.toFile().list((parent, name) -> name.endsWith(SEPARATOR + uid));
    List<PodName> names =
        Stream.ofNullable(directories)
            .flatMap(Stream::of)
            .flatMap(name -> podIn(name, uid).stream())
            .distinct()
            .toList();
    return names.size() == 1 ? Optional.of(names.getFirst()) : Optional.empty();
  }

  private Optional<PodName> podIn(String directory, String uid) {
    String[] parts = directory.split(SEPARATOR, -1);
    return parts.length == 3
            && parts[2].equals(uid)
            && Files.isDirectory(root.resolve(directory), LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(new PodName(parts[0], parts[1]))
        : Optional.empty();
  }
}
