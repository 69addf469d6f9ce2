package io.alertcap.capturer.lab;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A containerd of our own: everything that is its, and its runc's, lies in one directory, apart
 * from the sockets of its shims, whose names are made from its address.
 */
final class Containerd implements AutoCloseable {

  /** The kubelet's. */
  private static final String NAMESPACE = "k8s.io";

  private final Path directory;
  private final String runc;
  private final Process daemon;

  private Containerd(Path directory, String runc, Process daemon) {
    this.directory = directory;
    this.runc = runc;
    this.daemon = daemon;
  }

  /**
   * Starts it, and waits until it answers.
   *
   * @param runc the command that runs containers
   */
  static Containerd start(Path directory, String runc) throws IOException {
    Path config = directory.resolve("containerd.toml");
    Files.writeString(
        config,
        """
        version = 2
        root = "%1$s/root"
        state = "%1$s/state"
        disabled_plugins = ["io.containerd.grpc.v1.cri"]
        [grpc]
        address = "%1$s/containerd.sock"
        [ttrpc]
        address = "%1$s/containerd.sock.ttrpc"
        """
            .formatted(directory));
    Path log = directory.resolve("containerd.log");
    Process daemon =
        new ProcessBuilder("containerd", "--config", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Containerd containerd = new Containerd(directory, runc, daemon);
    try {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> !daemon.isAlive() || containerd.tried("version").succeeded());
    } catch (RuntimeException | Error e) {
      containerd.close();
      throw e;
    }
    return containerd;
  }

  boolean isRunning() {
    return daemon.isAlive();
  }

  String lastWords() throws IOException {
    List<String> log = Files.readAllLines(directory.resolve("containerd.log"));
    return log.isEmpty() ? "no word" : log.getLast();
  }

  /** {@code ctr}, which has to succeed. */
  List<String> ctr(String... arguments) {
    return Machine.output(command(List.of(arguments)));
  }

  /** {@code ctr}, which may fail. */
  Machine.Finished tried(String... arguments) {
    return Machine.run(command(List.of(arguments)));
  }

  Machine.Finished run(List<String> options, String id, List<String> process) {
    List<String> arguments = new ArrayList<>(List.of("run", "--detach", "--null-io"));
    arguments.addAll(List.of("--snapshotter", "native"));
    arguments.addAll(List.of("--runc-binary", runc));
    arguments.addAll(List.of("--runc-root", directory.resolve("runc").toString()));
    // A hierarchy need not have the controller for it.
    arguments.addAll(List.of("--cpu-shares", "0"));
    arguments.addAll(options);
    arguments.addAll(List.of(BusyboxImage.NAME, id));
    arguments.addAll(process);
    return Machine.run(command(arguments));
  }

  /** Ends it; its containers have to be gone by now, for they would live on. */
  @Override
  public void close() {
    daemon.destroy();
    try {
      if (!daemon.waitFor(10, TimeUnit.SECONDS)) {
        daemon.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      daemon.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("ctr", "--address"));
    command.add(directory.resolve("containerd.sock").toString());
    command.addAll(List.of("--namespace", NAMESPACE));
    command.addAll(arguments);
    return command;
  }
}
