package io.alertcap.capturer.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The few facts about processes that are needed here, read from a {@code /proc}: the machine's own,
 * or the host's, mounted elsewhere. Stateless; every call reads afresh, and a process that is gone
 * is an empty answer.
 */
public final class ProcFs {

  /** Field 22 of {@code /proc/PID/stat}, counted after the command's closing parenthesis. */
  private static final int START_TIME_AFTER_COMMAND = 19;

  /** Field 9, counted in the same way. */
  private static final int FLAGS_AFTER_COMMAND = 6;

  /** {@code PF_KTHREAD} of the kernel's include/linux/sched.h; no program can have it. */
  private static final long KERNEL_THREAD = 0x00200000;

  private final Path root;

  public ProcFs(Path root) {
    this.root = root;
  }

  /** The network namespace of a process: the path to open, which may not exist. */
  public Path networkNamespace(int pid) {
    return root.resolve(Integer.toString(pid)).resolve("ns").resolve("net");
  }

  /**
   * Clock ticks from boot to the start of the process; empty where there is no such process, or
   * only the remains of one (a zombie has no namespaces left).
   */
  public OptionalLong startTime(int pid) {
    return read(pid, "stat").map(ProcFs::startTimeOf).orElse(OptionalLong.empty());
  }

  /** Whether it is a thread of the kernel, which no container can make look like one. */
  public boolean isKernelThread(int pid) {
    return read(pid, "stat").map(ProcFs::fieldsOf).stream()
        .filter(fields -> fields.length > FLAGS_AFTER_COMMAND)
        .anyMatch(fields -> (Long.parseLong(fields[FLAGS_AFTER_COMMAND]) & KERNEL_THREAD) != 0);
  }

  /** Whether the process runs, now, in the container's cgroup or a child of it. */
  public boolean isIn(ContainerId container, int pid) {
    return cgroupOf(container, pid).isPresent();
  }

  /** The process's cgroup path that carries the container's ID, in whatever hierarchy. */
  Optional<String> cgroupOf(ContainerId container, int pid) {
    return cgroupsOf(pid).filter(path -> CgroupName.pathIsWithin(container, path)).findFirst();
  }

  /**
   * The UIDs of the pods in whose cgroups the process runs, now: one, in whatever hierarchies, or
   * none where it is in no pod.
   */
  public Set<String> podUidsOf(int pid) {
    return cgroupsOf(pid)
        .flatMap(path -> CgroupName.podUidOf(path).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The container of a pod in whose cgroup the process runs, now. */
  Optional<ContainerId> containerInPodOf(int pid) {
    return cgroupsOf(pid).flatMap(path -> CgroupName.containerInPod(path).stream()).findFirst();
  }

  /** The process's cgroup in each hierarchy. */
  private Stream<String> cgroupsOf(int pid) {
    // hierarchy-ID:controllers:path, one line for each hierarchy; a path may hold all but newlines
    return read(pid, "cgroup").stream()
        .flatMap(content -> Stream.of(content.split("\n", -1)))
        .map(line -> line.split(":", 3))
        .filter(parts -> parts.length == 3)
        .map(parts -> parts[2]);
  }

  /** Every PID that this {@code /proc} shows. */
  public List<Integer> pids() {
    List<Integer> pids = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root, "[0-9]*")) {
      for (Path entry : entries) {
        pids.add(Integer.parseInt(entry.getFileName().toString()));
      }
    } catch (IOException | DirectoryIteratorException | NumberFormatException unreadable) {
      return List.copyOf(pids);
    }
    return List.copyOf(pids);
  }

  /**
   * The first process among those of one container: the oldest that is PID 1 of its PID namespace,
   * else (where the container shares its pod's or the host's PID namespace) the oldest of all.
   */
  Optional<Started> firstOf(List<Integer> pids) {
    List<Started> oldestFirst =
        pids.stream()
            .flatMap(pid -> startTime(pid).stream().mapToObj(time -> new Started(pid, time)))
            .sorted(Comparator.comparingLong(Started::time).thenComparingInt(Started::pid))
            .toList();
    return oldestFirst.stream()
        .filter(process -> isInit(process.pid()))
        .findFirst()
        .or(() -> oldestFirst.stream().findFirst());
  }

  /**
   * @param time clock ticks from boot
   */
  record Started(int pid, long time) {}

  /** Whether it is PID 1 of a PID namespace below the one that this {@code /proc} shows. */
  private boolean isInit(int pid) {
    return read(pid, "status").stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith("NSpid:"))
        .anyMatch(line -> line.endsWith("\t1") && line.indexOf('\t') != line.lastIndexOf('\t'));
  }

  /** The command stands in parentheses and may itself hold spaces and parentheses. */
  private static String[] fieldsOf(String stat) {
    return stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ", -1);
  }

  private static OptionalLong startTimeOf(String stat) {
    String[] fields = fieldsOf(stat);
    boolean isOver = fields[0].equals("Z") || fields[0].equals("X");
    if (isOver || fields.length <= START_TIME_AFTER_COMMAND) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseLong(fields[START_TIME_AFTER_COMMAND]));
  }

  private Optional<String> read(int pid, String file) {
    try {
      byte[] content = Files.readAllBytes(root.resolve(Integer.toString(pid)).resolve(file));
      return Optional.of(new String(content, StandardCharsets.ISO_8859_1));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }
}
