package io.alertcap.capturer.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where cgroups are seen, and what a runtime is told of them. */
public enum CgroupMount {

  /** As this machine has them: v1, v2 or both. */
  AS_MOUNTED,

  /**
   * Nothing but v2: on a machine that has v1 as well, runc runs where v2 hides it. Such a machine's
   * controllers belong to v1, so that the containers have no limits, and need none.
   */
  UNIFIED_ONLY;

  private static final Path MOUNT_POINT = Path.of("/sys/fs/cgroup");

  /** The root to look containers up in; empty where the machine has no such cgroups. */
  public Optional<Path> root() {
    return switch (this) {
      case AS_MOUNTED -> Optional.of(MOUNT_POINT).filter(Files::isDirectory);
      case UNIFIED_ONLY -> mountOfV2();
    };
  }

  /**
   * A runc that makes these cgroups and no others.
   *
   * @param directory to put it into, where it differs from the machine's
   */
  String runc(Path directory) throws IOException {
    if (this == AS_MOUNTED || isUnified()) {
      return "runc";
    }
    Path wrapper = directory.resolve("runc-unified");
    Files.writeString(
        wrapper,
        """
        #!/bin/sh
        exec unshare --mount sh -c 'mount -t cgroup2 none %s && exec runc "$@"' runc "$@"
        """
            .formatted(MOUNT_POINT));
    assertThat(wrapper.toFile().setExecutable(true)).isTrue();
    return wrapper.toString();
  }

  /** The roots of all hierarchies that a runtime may make cgroups in. */
  static List<Path> hierarchies() throws IOException {
    if (isUnified()) {
      return List.of(MOUNT_POINT);
    }
    try (Stream<Path> entries = Files.list(MOUNT_POINT)) {
      return entries.filter(entry -> Files.exists(entry.resolve("cgroup.procs"))).toList();
    }
  }

  private static boolean isUnified() {
    return Files.exists(MOUNT_POINT.resolve("cgroup.procs"));
  }

  private static Optional<Path> mountOfV2() {
    try (Stream<String> mounts = Files.lines(Path.of("/proc/self/mounts"))) {
      return mounts
          .map(line -> line.split(" ", -1))
          .filter(fields -> fields[2].equals("cgroup2"))
          .map(fields -> Path.of(fields[1]))
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
