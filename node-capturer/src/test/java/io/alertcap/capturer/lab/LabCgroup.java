package io.alertcap.capturer.lab;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.alertcap.capturer.container.ContainerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A real cgroup that is named as a container's is, for a process that is in none. */
public final class LabCgroup implements AutoCloseable {

  private static final String PARENT = "kubepods-alertcap-test";

  private final Path directory;

  private LabCgroup(Path directory) {
    this.directory = directory;
  }

  /**
   * Makes it in the first hierarchy that lets one be made; the test is skipped where none does.
   *
   * @param container an ID that nothing else on the machine has
   */
  public static LabCgroup of(ContainerId container) throws IOException {
    for (Path hierarchy : CgroupMount.hierarchies()) {
      Path directory = hierarchy.resolve(PARENT).resolve(container.hex());
      if (directory.toFile().mkdirs()) {
        return new LabCgroup(directory);
      }
    }
    assumeTrue(false, "skipped: this machine does not let cgroups be made");
    throw new AssertionError("not reached");
  }

  /** Moves a process into it. */
  public void add(Process process) throws IOException {
    Files.writeString(directory.resolve("cgroup.procs"), Long.toString(process.pid()));
  }

  /** Removes it, as soon as no process is in it any more. */
  @Override
  public void close() {
    await()
        .pollDelay(Duration.ZERO)
        .until(
            () -> List.of(directory, directory.getParent()).stream().allMatch(LabCgroup::remove));
  }

  private static boolean remove(Path cgroup) {
    return cgroup.toFile().delete() || Files.notExists(cgroup);
  }
}
