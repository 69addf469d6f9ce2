package io.alertcap.standalone.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a process look like a container's: it is put into a cgroup that is named as the kubelet's
 * cgroupfs driver would, so that the demo's capture goes by container ID, as a cluster's does.
 */
final class DemoContainer {

  private static final Logger log = LoggerFactory.getLogger(DemoContainer.class);
  private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

  private final String id;
  private final List<Path> innermostFirst;

  private DemoContainer(String id, List<Path> innermostFirst) {
    this.id = id;
    this.innermostFirst = innermostFirst;
  }

  /** Empty where this machine lets nobody make cgroups, as in most containers. */
  static Optional<DemoContainer> around(long pid) {
    byte[] random = new byte[32];
    ThreadLocalRandom.current().nextBytes(random);
    String id = HexFormat.of().formatHex(random);
    for (Path hierarchy : hierarchies()) {
      Path root = hierarchy.resolve("alertcap-demo-" + ProcessHandle.current().pid());
      Path kubepods = root.resolve("kubepods");
      Path burstable = kubepods.resolve("burstable");
      Path pod = burstable.resolve("pod00000000-0000-4000-8000-000000000000");
      Path cgroup = pod.resolve(id);
      try {
        Files.createDirectories(cgroup);
        Files.writeString(cgroup.resolve("cgroup.procs"), Long.toString(pid));
        return Optional.of(new DemoContainer(id, List.of(cgroup, pod, burstable, kubepods, root)));
      } catch (IOException e) {
        log.debug("no cgroup can be made in {}", hierarchy, e);
      }
    }
    return Optional.empty();
  }

  /** As Kubernetes writes it. */
  String id() {
    return "containerd://" + id;
  }

  /** Removes the cgroups, once their process is gone. */
  void close() {
    try {
      for (Path directory : innermostFirst) {
        Files.deleteIfExists(directory);
      }
    } catch (IOException e) {
      log.debug("{} is left behind", innermostFirst.getLast(), e);
    }
  }

  /**
   * The whole of cgroup v2, or the one hierarchy of a v1 or hybrid machine that tracks processes
   * only.
   */
  private static List<Path> hierarchies() {
    return Stream.of(CGROUPS, CGROUPS.resolve("unified"), CGROUPS.resolve("systemd"))
        .filter(path -> Files.exists(path.resolve("cgroup.procs")))
        .toList();
  }
}
