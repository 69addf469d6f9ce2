package io.alertcap.capturer.netns;

import io.alertcap.capturer.container.ContainerProcess;
import io.alertcap.capturer.container.ProcFs;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * The one way into a target's network namespace: opens it, and only then proves that what is open
 * is the target's, so that nothing can change between the proof and its use.
 *
 * <p>Opening needs {@link Capability#SYS_PTRACE}. Safe for use by several threads.
 */
public final class NamespaceDoor {

  private final Path procRoot;
  private final ProcFs proc;
  private final HostNamespace host;
  private final List<Path> netnsDirectories;

  /**
   * @param procRoot the host's {@code /proc}
   * @param netnsDirectories the only directories in which a namespace may be named by its path
   */
  public NamespaceDoor(Path procRoot, List<Path> netnsDirectories) {
    this.procRoot = procRoot;
    this.proc = new ProcFs(procRoot);
    this.host = new HostNamespace(proc);
    this.netnsDirectories = List.copyOf(netnsDirectories);
  }

  /**
   * Loads what later calls use, and fails where the platform cannot do any of this. To be called
   * once, before the first capture, and not from inside a namespace.
   */
  public static void warmUp() throws IOException {
    NamespaceThread.warmUp();
  }

  /** Why every namespace will be denied, where it is known already. */
  public Optional<String> problem() {
    return switch (host.find()) {
      case HostNamespace.Lookup.Known known -> Optional.empty();
      case HostNamespace.Lookup.Unknown(String reason) -> Optional.of(reason);
    };
  }

  /**
   * Opens the namespace of a container's process. The process is compared with itself after the
   * namespace is open: the same start time means that the PID was not given to another process in
   * between, and the cgroup that it is still a process of this container.
   */
  public Admission open(ContainerProcess process, boolean hostNetworkAllowed) {
    return open(
        process.pid(),
        hostNetworkAllowed,
        () ->
            isStill(process.pid(), process.startTime())
                && proc.isIn(process.container(), process.pid()));
  }

  /**
   * Opens the namespace that the containers of a pod share: that of the first of them, provided
   * that the others, as far as they are still there, are in the same.
   *
   * @param processes the first of each container, the pod's sandbox or what is the oldest before
   *     the others; at least one
   */
  public Admission openPod(List<ContainerProcess> processes, boolean hostNetworkAllowed) {
    Admission admission = open(processes.getFirst(), hostNetworkAllowed);
    if (!(admission instanceof Admission.Granted(NetworkNamespace namespace))) {
      return admission;
    }
    Optional<ContainerProcess> stray =
        processes.stream()
            .filter(process -> !isIn(namespace, process.pid()))
            .filter(process -> isStill(process.pid(), process.startTime()))
            .findFirst();
    stray.ifPresent(any -> namespace.close());
    return stray
        .<Admission>map(other ->
            new Admission.Refused(
                "The processes %d and %d of the pod are in different network namespaces: which is the pod's cannot be told."
                    .formatted(processes.getFirst().pid(), other.pid())))
        .orElse(admission);
  }

  /** Opens the namespace of a process that was named by its bare PID. */
  public Admission openPid(int pid, boolean hostNetworkAllowed) {
    OptionalLong startTime = proc.startTime(pid);
    if (startTime.isEmpty()) {
      return gone(pid);
    }
    return open(pid, hostNetworkAllowed, () -> isStill(pid, startTime.getAsLong()));
  }

  /**
   * Opens a namespace by the path that somebody bound it to, as {@code ip netns add} does.
   *
   * @param path must lie, links resolved, in one of the configured directories
   */
  public Admission openPath(Path path, boolean hostNetworkAllowed) {
    try {
      Path real = path.toRealPath();
      if (!isInAllowedDirectory(real)) {
        return new Admission.Refused(
            path + " is not in a directory of policy.netnsDirectories: " + netnsDirectories);
      }
      return open(real, hostNetworkAllowed, () -> true);
    } catch (IOException e) {
      return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
          ? new Admission.Refused(path + " is a link that leads to no path.")
          : new Admission.Gone("There is no namespace at " + path + ".");
    }
  }

  /**
   * Tells whether a namespace that was opened still has a process, for as long as it is asked.
   *
   * @param pid the process by which it was opened
   */
  public BooleanSupplier inhabitants(NetworkNamespace namespace, int pid) {
    return new NamespaceInhabitants(proc, namespace.identity(), pid);
  }

  /** Tells whether a namespace is still bound to the path by which it was opened. */
  public BooleanSupplier mount(NetworkNamespace namespace, Path path) {
    NamespaceIdentity identity = namespace.identity();
    return () -> {
      try {
        return NamespaceInhabitants.isAt(path, identity);
      } catch (AccessDeniedException unknown) {
        return true;
      }
    };
  }

  private Admission open(int pid, boolean hostNetworkAllowed, BooleanSupplier proof) {
    return open(proc.networkNamespace(pid), hostNetworkAllowed, proof);
  }

  private Admission open(Path path, boolean hostNetworkAllowed, BooleanSupplier proof) {
    try {
      return switch (NamespaceFile.open(path)) {
        case NamespaceFile.Opened(NetworkNamespace namespace) ->
            examined(namespace, path, hostNetworkAllowed, proof);
        case NamespaceFile.NotOpened(int errno) -> notOpened(path, errno);
      };
    } catch (IOException e) {
      return new Admission.Failed("Opening " + path + " failed: " + e.getMessage());
    }
  }

  private Admission examined(
      NetworkNamespace namespace, Path path, boolean hostNetworkAllowed, BooleanSupplier proof) {
    boolean granted = false;
    try {
      if (!namespace.isNetworkNamespace()) {
        return new Admission.Refused(path + " is not a network namespace.");
      }
      if (!proof.getAsBoolean()) {
        return new Admission.Gone(
            "The process behind " + path + " ended, or its PID went to another process.");
      }
      Optional<Admission> denied = deniedAsHost(namespace, hostNetworkAllowed);
      granted = denied.isEmpty();
      return denied.orElseGet(() -> new Admission.Granted(namespace));
    } finally {
      if (!granted) {
        namespace.close();
      }
    }
  }

  /** Denied, too, where it cannot be told whether it is the host's. */
  private Optional<Admission> deniedAsHost(NetworkNamespace namespace, boolean hostNetworkAllowed) {
    return switch (host.find()) {
      case HostNamespace.Lookup.Unknown(String reason) ->
          Optional.of(new Admission.HostUnknown(reason));
      case HostNamespace.Lookup.Known(NamespaceIdentity identity)
          when namespace.identity().equals(identity) && !hostNetworkAllowed ->
          Optional.of(new Admission.HostNetworkDenied(identity));
      case HostNamespace.Lookup.Known known -> Optional.empty();
    };
  }

  private boolean isIn(NetworkNamespace namespace, int pid) {
    try {
      return NamespaceInhabitants.isAt(proc.networkNamespace(pid), namespace.identity());
    } catch (AccessDeniedException unknown) {
      return false;
    }
  }

  private boolean isStill(int pid, long startTime) {
    OptionalLong now = proc.startTime(pid);
    return now.isPresent() && now.getAsLong() == startTime;
  }

  private boolean isInAllowedDirectory(Path real) throws IOException {
    for (Path directory : netnsDirectories) {
      if (Files.isDirectory(directory) && real.startsWith(directory.toRealPath())) {
        return true;
      }
    }
    return false;
  }

  private Admission.Gone gone(int pid) {
    return new Admission.Gone("There is no process " + pid + " in " + procRoot + ".");
  }

  private static Admission notOpened(Path path, int errno) {
    return switch (errno) {
      case LibC.ENOENT, LibC.ESRCH -> new Admission.Gone("There is no " + path + " any more.");
      case LibC.EPERM, LibC.EACCES ->
          new Admission.PermissionDenied(
              Capability.SYS_PTRACE,
              "Opening "
                  + path
                  + " was denied: the capturer needs CAP_SYS_PTRACE, and its AppArmor or seccomp"
                  + " profile must not forbid it.");
      default -> new Admission.Failed("Opening " + path + " failed: " + LibC.reason(errno));
    };
  }
}
