package io.alertcap.capturer.container;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How container runtimes and the kubelet name cgroups: the one place that knows.
 *
 * <p>A container's cgroup ends in the container's ID. The cgroupfs driver uses the bare ID; the
 * systemd driver writes {@code <runtime>-<id>.scope}: {@code cri-containerd-}, {@code crio-},
 * {@code docker-}, {@code libpod-}. The scopes of conmon, the monitor of CRI-O and Podman, carry
 * the ID as well, but hold a process of the host; Kata's {@code kata_<id>} holds a virtual machine.
 */
final class CgroupName {

  private static final String SCOPE = ".scope";
  private static final String MONITOR = "conmon";
  private static final List<String> NOT_THE_CONTAINER = List.of(MONITOR, "kata");
  private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern POD = Pattern.compile("pod([0-9a-zA-Z-]{1,64})");
  private static final Pattern POD_SLICE =
      Pattern.compile(".*-pod([0-9a-zA-Z_]{1,64})\\.slice(?::.*)?");
  private static final Pattern ANY_CONTAINER =
      Pattern.compile("(?:.*[-:])?[0-9a-f]{64}(?:\\.scope)?");

  /** What the kernel's control files are named after, up to their first dot. */
  private static final Set<String> CONTROLLERS =
      Set.of(
          "blkio",
          "cgroup",
          "cpu",
          "cpuacct",
          "cpuset",
          "devices",
          "dmem",
          "freezer",
          "hugetlb",
          "io",
          "irq",
          "memory",
          "misc",
          "net_cls",
          "net_prio",
          "notify_on_release",
          "perf_event",
          "pids",
          "rdma",
          "release_agent",
          "tasks");

  private CgroupName() {}

  /** Whether a cgroup of this name is the container's own. */
  static boolean isOf(ContainerId container, String name) {
    String stem = withoutScope(name);
    if (!stem.endsWith(container.hex())) {
      return false;
    }
    String prefix = stem.substring(0, stem.length() - container.hex().length());
    if (prefix.isEmpty()) {
      return true;
    }
    char separator = prefix.charAt(prefix.length() - 1);
    return (separator == '-' || separator == ':')
        && NOT_THE_CONTAINER.stream().noneMatch(prefix::contains);
  }

  /**
   * What this container's cgroup is called, if its runtime names cgroups as it named {@code
   * another} container's; empty if that is no container's.
   */
  static Optional<String> like(String another, ContainerId container) {
    return isOfSomeContainer(another)
        ? Optional.of(ID.matcher(another).replaceFirst(container.hex()))
        : Optional.empty();
  }

  /** Whether a cgroup of this name is some pod's. */
  static boolean isOfSomePod(String name) {
    return name.startsWith("pod") || (name.contains("-pod") && name.endsWith(".slice"));
  }

  /** Whether the kubelet keeps pods, or its classes of pods, in a cgroup of this name. */
  static boolean isAbovePods(String name) {
    return name.startsWith("kube") || name.equals("burstable") || name.equals("besteffort");
  }

  /** Whether a cgroup of this name is some container's own. */
  static boolean isOfSomeContainer(String name) {
    return ANY_CONTAINER.matcher(name).matches()
        && NOT_THE_CONTAINER.stream().noneMatch(name::contains);
  }

  /** Whose container's own the cgroup of this name is; empty if it is no container's. */
  static Optional<ContainerId> containerIn(String name) {
    Matcher id = ID.matcher(name);
    return isOfSomeContainer(name) && id.find()
        ? Optional.of(new ContainerId(id.group()))
        : Optional.empty();
  }

  /**
   * Whose container's cgroup the path, as {@code /proc/PID/cgroup} shows it, lies in: the outermost
   * one within the outermost pod.
   */
  static Optional<ContainerId> containerInPod(String path) {
    return Stream.of(path.split("/", -1))
        .dropWhile(name -> podUidIn(name).isEmpty())
        .flatMap(name -> containerIn(name).stream())
        .findFirst();
  }

  /** Whether a cgroup of this name is of a runtime's monitor, which tells nothing of the pod. */
  static boolean isOfMonitor(String name) {
    return name.contains(MONITOR);
  }

  /** Whether a cgroup of this name is the pod's: systemd writes the UID with {@code _}. */
  static boolean isOfPod(String podUid, String name) {
    return name.equals("pod" + podUid)
        || name.endsWith("-pod" + podUid.replace('-', '_') + ".slice");
  }

  /**
   * The UID of the pod whose cgroup the path, as {@code /proc/PID/cgroup} shows it, lies in. The
   * outermost one, which the kubelet made: what lies within, a container with rights over its own
   * cgroup names as it likes.
   */
  static Optional<String> podUidOf(String path) {
    return Stream.of(path.split("/", -1)).flatMap(name -> podUidIn(name).stream()).findFirst();
  }

  private static Optional<String> podUidIn(String name) {
    Matcher plain = POD.matcher(name);
    if (plain.matches()) {
      return Optional.of(plain.group(1));
    }
    Matcher slice = POD_SLICE.matcher(name);
    return slice.matches() ? Optional.of(slice.group(1).replace('_', '-')) : Optional.empty();
  }

  /**
   * Whether the path of a cgroup, as {@code /proc/PID/cgroup} shows it, is the container's cgroup
   * or a child of it.
   */
  static boolean pathIsWithin(ContainerId container, String path) {
    if (!path.contains(container.hex())) {
      return false;
    }
    for (String name : path.split("/", -1)) {
      if (isOf(container, name)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a directory entry may be a child cgroup: saves the look at each of the kernel's control
   * files, of which a cgroup has some sixty.
   */
  static boolean mayBeCgroup(String name) {
    if (name.endsWith(".slice") || name.endsWith(SCOPE) || name.endsWith(".service")) {
      return true;
    }
    int dot = name.indexOf('.');
    return !CONTROLLERS.contains(dot < 0 ? name : name.substring(0, dot));
  }

  private static String withoutScope(String name) {
    return name.endsWith(SCOPE) ? name.substring(0, name.length() - SCOPE.length()) : name;
  }
}
