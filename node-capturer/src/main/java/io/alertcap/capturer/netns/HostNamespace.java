package io.alertcap.capturer.netns;

import io.alertcap.capturer.container.ProcFs;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Which network namespace is the host's: that of its PID 1 or, where a security module keeps that
 * from being read, that of the kernel's own threads, which never leave the initial namespaces.
 * Nothing else stands in for it, this process's own namespace least of all. Reading needs {@link
 * Capability#SYS_PTRACE}. Thread-safe; reads afresh at each call.
 */
record HostNamespace(ProcFs proc) {

  private static final int INIT = 1;

  /**
   * The kernel starts it second (rest_init() in its init/main.c); all its threads descend from it.
   */
  private static final int KTHREADD = 2;

  /** What came of looking. */
  sealed interface Lookup {
    record Known(NamespaceIdentity identity) implements Lookup {}

    /**
     * No namespace can be proved not to be the host's.
     *
     * @param reason with what to do about it
     */
    record Unknown(String reason) implements Lookup {}
  }

  Lookup find() {
    Path ofInit = proc.networkNamespace(INIT);
    try {
      return new Lookup.Known(NamespaceIdentity.of(ofInit));
    } catch (IOException unreadable) {
      return ofKernelThread(unreadable);
    }
  }

  private Lookup ofKernelThread(IOException ofInit) {
    try {
      if (proc.isKernelThread(KTHREADD)) {
        return new Lookup.Known(NamespaceIdentity.of(proc.networkNamespace(KTHREADD)));
      }
    } catch (IOException unreadable) {
      return unknown(unreadable);
    }
    return unknown(ofInit);
  }

  private Lookup unknown(IOException unreadable) {
    return new Lookup.Unknown(
        "The host's network namespace, %s, cannot be read (%s), so that no other can be proved not to be the host's: nothing is captured. The capturer needs CAP_SYS_PTRACE, node.procRoot must be the host's /proc, and its AppArmor or seccomp profile must not forbid to read it."
            .formatted(proc.networkNamespace(INIT), unreadable));
  }
}
