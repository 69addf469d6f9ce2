package io.alertcap.capturer.container;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The cgroup file system as an index of containers: one directory per cgroup, one or more
 * hierarchies (v2 has one, v1 one per controller, a hybrid host both). Nothing in it is trusted to
 * be small: depth and number of directories are bounded.
 */
final class CgroupTree {

  /** A container of a kind node in a container lies about ten levels down. */
  private static final int DEEPEST = 24;

  /** A node of 250 pods has under 2,000 cgroups in a hierarchy. */
  private static final int MOST_DIRECTORIES = 50_000;

  /** From last to first choice; what is not named comes after these. */
  private static final List<String> PREFERRED_HIERARCHIES = List.of("pids", "unified", "systemd");

  private final Path root;

  CgroupTree(Path root) {
    this.root = root;
  }

  /** The mounted hierarchies, those where systemd and the runtimes put every process first. */
  List<Path> hierarchies() {
    if (Files.exists(root.resolve("cgroup.procs"))) {
      return List.of(root);
    }
    return Arrays.stream(entriesOf(root.toFile()))
        .sorted(
            Comparator.<String>comparingInt(PREFERRED_HIERARCHIES::indexOf)
                .reversed()
                .thenComparing(Comparator.naturalOrder()))
        .map(root::resolve)
        // cpu and cpuacct are links to cpu,cpuacct: the same hierarchy again
        .filter(hierarchy -> !Files.isSymbolicLink(hierarchy))
        .filter(hierarchy -> Files.exists(hierarchy.resolve("cgroup.procs")))
        .toList();
  }

  /**
   * The container's cgroup in any pod that the kubelet keeps below {@code top}, provided that one
   * runtime made them all. Much faster than {@link #find}: the first pod shows how the runtime
   * names cgroups, and every other is asked for that one name, instead of listing what is in it,
   * the kernel's control files mostly.
   */
  Optional<Path> findInPods(Path top, ContainerId container) {
    Deque<Visit> open = new ArrayDeque<>();
    open.push(new Visit(top.toString(), 0));
    Optional<String> name = Optional.empty();
    for (int visited = 0; visited < MOST_DIRECTORIES && !open.isEmpty(); visited++) {
      Visit visit = open.pop();
      for (String child : entriesOf(new File(visit.directory()))) {
        if (CgroupName.isOfSomePod(child)) {
          File pod = new File(visit.directory(), child);
          name = name.or(() -> nameIn(pod, container));
          Optional<File> cgroup = name.map(each -> new File(pod, each)).filter(File::isDirectory);
          if (cgroup.isPresent()) {
            return cgroup.map(File::toPath);
          }
        } else if (CgroupName.isAbovePods(child) && visit.depth() < DEEPEST) {
          open.push(visit.below(child));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> nameIn(File pod, ContainerId container) {
    return Arrays.stream(entriesOf(pod))
        .flatMap(child -> CgroupName.like(child, container).stream())
        .findFirst();
  }

  /**
   * The first cgroup below {@code top} whose name fits, looking under the kubelet's and the
   * container runtimes' parents before everything else.
   */
  Optional<Path> find(Path top, Predicate<String> name) {
    Deque<Visit> open = new ArrayDeque<>();
    open.push(new Visit(top.toString(), 0));
    for (int visited = 0; visited < MOST_DIRECTORIES && !open.isEmpty(); visited++) {
      Visit visit = open.pop();
      List<String> children = children(visit.directory());
      for (String child : children) {
        if (name.test(child)) {
          Path found = Path.of(visit.directory(), child);
          if (Files.isDirectory(found)) {
            return Optional.of(found);
          }
        }
      }
      if (visit.depth() < DEEPEST) {
        visitLater(open, visit, children);
      }
    }
    return Optional.empty();
  }

  /** The cgroup and every cgroup below it, within the bounds. */
  List<Path> within(Path top) {
    List<Path> all = new ArrayList<>();
    Deque<Visit> open = new ArrayDeque<>();
    open.push(new Visit(top.toString(), 0));
    while (!open.isEmpty() && all.size() < MOST_DIRECTORIES) {
      Visit visit = open.pop();
      Path directory = Path.of(visit.directory());
      if (Files.isDirectory(directory)) {
        all.add(directory);
        if (visit.depth() < DEEPEST) {
          children(visit.directory()).forEach(child -> open.push(visit.below(child)));
        }
      }
    }
    return all;
  }

  /**
   * The PIDs in this cgroup itself. A process outside of our PID namespace reads as 0, and a
   * threaded cgroup cannot be read at all; neither is listed.
   */
  static List<Integer> processes(Path cgroup) {
    try {
      return Files.readString(cgroup.resolve("cgroup.procs"), StandardCharsets.US_ASCII)
          .lines()
          .map(Integer::valueOf)
          .filter(pid -> pid != 0)
          .toList();
    } catch (IOException gone) {
      return List.of();
    }
  }

  /** The PIDs in the cgroup and in every cgroup below it. */
  List<Integer> processesWithin(Path cgroup) {
    return within(cgroup).stream().flatMap(each -> processes(each).stream()).distinct().toList();
  }

  private static void visitLater(Deque<Visit> open, Visit visit, List<String> children) {
    for (String child : children) {
      if (!isOfInterest(child)) {
        open.addLast(visit.below(child));
      }
    }
    for (String child : children) {
      if (isOfInterest(child)) {
        open.addFirst(visit.below(child));
      }
    }
  }

  private static boolean isOfInterest(String name) {
    return CgroupName.isAbovePods(name) || CgroupName.isOfSomePod(name) || name.equals("docker");
  }

  private static List<String> children(String directory) {
    return Arrays.stream(entriesOf(new File(directory))).filter(CgroupName::mayBeCgroup).toList();
  }

  /**
   * {@code File.list} and not a {@code DirectoryStream}: names only, no object per entry. Names
   * beyond ASCII, which no runtime gives, are left out: in the POSIX locale, which a container
   * image has unless it says otherwise, a JVM can read them but makes no {@link Path} of them.
   */
  private static String[] entriesOf(File directory) {
    String[] names = directory.list((parent, name) -> isAscii(name));
    return names == null ? new String[0] : names;
  }

  private static boolean isAscii(String name) {
    return name.chars().allMatch(character -> character < 0x80);
  }

  private record Visit(String directory, int depth) {
    Visit below(String child) {
      return new Visit(directory + '/' + child, depth + 1);
    }
  }
}
