package io.alertcap.capturer.netns;

import io.alertcap.capturer.container.ProcFs;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * Whether a network namespace still has a process. A packet socket keeps its namespace alive, and
 * with it interfaces that were moved there: that they exist says nothing of the pod.
 *
 * <p>Remembers one process, and looks at the others only once that is gone. For one thread.
 */
final class NamespaceInhabitants implements BooleanSupplier {

  private final ProcFs proc;
  private final NamespaceIdentity namespace;
  private int known;

  /**
   * @param known a process of the namespace; 0 for none
   */
  NamespaceInhabitants(ProcFs proc, NamespaceIdentity namespace, int known) {
    this.proc = proc;
    this.namespace = namespace;
    this.known = known;
  }

  /** Blocks for some milliseconds where the process that was known is gone. */
  @Override
  public boolean getAsBoolean() {
    // twice: while it was read, the list may have missed a child of a process that ended meanwhile
    return isStillIn(known) || find() || find();
  }

  /** One that may not be looked at any more has not been seen to go. */
  private boolean isStillIn(int pid) {
    try {
      return pid != 0 && isIn(pid);
    } catch (AccessDeniedException unknown) {
      return true;
    }
  }

  private boolean find() {
    for (int pid : proc.pids()) {
      if (isKnownToBeIn(pid)) {
        known = pid;
        return true;
      }
    }
    return false;
  }

  /** Whoever may enter the namespace may look at its processes: others are none of it. */
  private boolean isKnownToBeIn(int pid) {
    try {
      return isIn(pid);
    } catch (AccessDeniedException othersProcess) {
      return false;
    }
  }

  private boolean isIn(int pid) throws AccessDeniedException {
    return isAt(proc.networkNamespace(pid), namespace);
  }

  /**
   * Whether a path leads to the namespace.
   *
   * @throws AccessDeniedException where that may not be known
   */
  static boolean isAt(Path path, NamespaceIdentity namespace) throws AccessDeniedException {
    try {
      return NamespaceIdentity.of(path).equals(namespace);
    } catch (AccessDeniedException e) {
      throw e;
    } catch (IOException gone) {
      return false;
    }
  }
}
