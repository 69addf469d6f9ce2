package io.alertcap.capturer.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A {@code /proc} and a {@code /sys/fs/cgroup} made of ordinary files, laid out as the kernel lays
 * out its own.
 */
public final class FakeHost {

  private static final int USER_PROCESS = 0x00400100;

  private final Path proc;
  private final Path cgroup;

  public FakeHost(Path directory) {
    this.proc = directory.resolve("proc");
    this.cgroup = directory.resolve("cgroup");
    write(proc.resolve("version"), "Linux\n");
  }

  public Path proc() {
    return proc;
  }

  public Path cgroup() {
    return cgroup;
  }

  /** Makes a cgroup with its control files, and every cgroup above it, up to the root. */
  FakeHost cgroup(String path, int... pids) {
    Path directory = cgroup.resolve(path);
    for (Path each = directory; each != null && each.startsWith(cgroup); each = each.getParent()) {
      boolean isMountPoint = each.equals(cgroup) && Files.exists(cgroup.resolve("hybrid"));
      if (!isMountPoint && !Files.exists(each.resolve("cgroup.procs"))) {
        write(each.resolve("cgroup.procs"), "");
        write(each.resolve("memory.max"), "max\n");
        write(each.resolve("cpu.stat"), "");
      }
    }
    write(
        directory.resolve("cgroup.procs"),
        Arrays.stream(pids).mapToObj(pid -> pid + "\n").collect(Collectors.joining()));
    return this;
  }

  /** Makes the root a mere directory of hierarchies, as it is with v1. To be called first. */
  FakeHost withHierarchies() {
    write(cgroup.resolve("hybrid"), "");
    return this;
  }

  /**
   * Makes a process.
   *
   * @param namespacePids what follows {@code NSpid:}, tab-separated
   * @param cgroups the lines of {@code /proc/PID/cgroup}
   */
  public FakeHost process(int pid, long startTime, String namespacePids, String... cgroups) {
    return process(pid, 'S', USER_PROCESS, startTime, namespacePids, cgroups);
  }

  /** Makes a thread of the kernel. */
  public FakeHost kernelThread(int pid) {
    return process(pid, 'S', USER_PROCESS | 0x00200000, 1, Integer.toString(pid), "0::/");
  }

  /** Gives a process a network namespace: that of {@code target}. */
  public FakeHost networkNamespace(int pid, Path target) {
    Path link = proc.resolve(Integer.toString(pid)).resolve("ns").resolve("net");
    try {
      Files.createDirectories(link.getParent());
      Files.createSymbolicLink(link, target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  FakeHost zombie(int pid, long startTime) {
    return process(pid, 'Z', USER_PROCESS, startTime, pid + "\t1");
  }

  private FakeHost process(
      int pid, char state, int flags, long startTime, String namespacePids, String... cgroups) {
    Path directory = proc.resolve(Integer.toString(pid));
    write(
        directory.resolve("stat"),
        pid
            + " (a (nasty) name) "
            + state
            + " 1 1 1 0 -1 "
            + flags
            + " 1 0 0 0 0 0 0 0 20 0 1 0 "
            + startTime
            + " 4096 1 18446744073709551615\n");
    write(directory.resolve("status"), "Name:\tx\nNSpid:\t" + namespacePids + "\nThreads:\t1\n");
    write(directory.resolve("cgroup"), String.join("\n", cgroups) + "\n");
    return this;
  }

  private static void write(Path file, String content) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
