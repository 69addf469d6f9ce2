package io.alertcap.acceptance.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import io.alertcap.acceptance.Daemon;
import io.alertcap.acceptance.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Docker itself, apart from the machine's own: on directories of the test, without bridges and
 * without a rule in the machine's firewall. Its one image has nothing in it but busybox.
 */
final class DockerEngine implements AutoCloseable {

  private static final String IMAGE = "alertcap-busybox:test";

  private final Path directory;
  private final Daemon daemon;

  /** Blocks until it answers; skips the test where it does not come to that. */
  DockerEngine(Path directory) throws IOException {
    this.directory = directory;
    this.daemon =
        Daemon.start(
            directory.resolve("dockerd.log"),
            List.of(
                "dockerd",
                "--host=unix://" + socket(),
                "--data-root=" + directory.resolve("data"),
                "--exec-root=" + directory.resolve("exec"),
                "--pidfile=" + directory.resolve("dockerd.pid"),
                "--storage-driver=vfs",
                "--bridge=none",
                "--iptables=false",
                "--ip6tables=false"));
    try {
      await().atMost(Duration.ofSeconds(30)).until(() -> docker("version").exitCode() == 0);
    } catch (ConditionTimeoutException e) {
      String log = daemon.log();
      close();
      abort("Docker does not start here: " + log.lines().reduce((first, last) -> last).orElse(""));
    }
    importBusybox();
  }

  /** Of its Engine API. */
  Path socket() {
    return directory.resolve("docker.sock");
  }

  /** Starts a container without a network but its own loopback; returns its ID. */
  String run(String name, String script) {
    String id =
        succeed(
            "run", "--detach", "--network=none", "--name=" + name, IMAGE, "/bin/sh", "-c", script);
    return id.strip();
  }

  private void importBusybox() throws IOException {
    Path bin = Files.createDirectories(directory.resolve("root/bin"));
    for (String name : List.of("sh", "nslookup", "sleep", "timeout")) {
      Files.copy(Path.of("/bin/busybox"), bin.resolve(name));
      Files.setPosixFilePermissions(
          bin.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Path tar = directory.resolve("root.tar");
    Programs.output(
        "tar", "-C", directory.resolve("root").toString(), "-cf", tar.toString(), "bin");
    succeed("import", tar.toString(), IMAGE);
  }

  private String succeed(String... arguments) {
    Programs.Finished finished = docker(arguments);
    assertThat(finished.exitCode()).as(finished.output()).isZero();
    return finished.output();
  }

  private Programs.Finished docker(String... arguments) {
    String[] command = new String[arguments.length + 3];
    command[0] = "docker";
    command[1] = "--host";
    command[2] = "unix://" + socket();
    System.arraycopy(arguments, 0, command, 3, arguments.length);
    return Programs.run(command);
  }

  /** Its containers go with it. */
  @Override
  public void close() {
    Programs.Finished running = docker("ps", "--all", "--quiet");
    if (running.exitCode() == 0) {
      running.output().lines().forEach(id -> docker("rm", "--force", id));
    }
    daemon.close();
  }
}
