package io.alertcap.standalone.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Network namespaces made for a measure: a source, and a veth from it to each of some targets. None
 * has an address, so that nothing is on the links but what is sent.
 */
final class Links implements AutoCloseable {

  static final String INTERFACE = "eth0";
  static final String FILTER = "udp port 5353";

  /** With the 42 bytes of its headers, 70 bytes: most of what there is are small packets. */
  private static final int PAYLOAD_BYTES = 28;

  private static final Path NETNS = Path.of("/run/netns");

  private final CleanUp cleanUp = new CleanUp();
  private final Path directory;
  private final int count;

  private Links(int count, Path directory) {
    this.count = count;
    this.directory = directory;
  }

  /**
   * Makes them.
   *
   * @param directory for the generator's configuration
   */
  static Links make(int count, Path directory) throws BenchFailed, InterruptedException {
    Links links = new Links(count, directory);
    try {
      links.make();
      return links;
    } catch (BenchFailed | InterruptedException | RuntimeException | Error e) {
      links.close();
      throw e;
    }
  }

  /** What the names of this process's namespaces begin with. */
  static String prefix() {
    return "alertcap-bench-" + ProcessHandle.current().pid();
  }

  List<String> targets() {
    return IntStream.range(0, count).mapToObj(this::target).toList();
  }

  /** Where a target's namespace can be opened. */
  static Path path(String target) {
    return NETNS.resolve(target);
  }

  /** Sends to every target at once, at the same pace, and blocks until everything is sent. */
  void send(int packetsEach, int packetsPerSecondEach) throws BenchFailed, InterruptedException {
    List<Process> generators = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Process generator =
          Programs.started(generator(i, packetsEach, packetsPerSecondEach), Map.of());
      cleanUp.add(generator::destroyForcibly);
      generators.add(generator);
    }
    for (Process generator : generators) {
      Programs.ended(generator, List.of("trafgen"));
      if (generator.exitValue() != 0) {
        throw new BenchFailed("trafgen failed with exit code " + generator.exitValue() + ".");
      }
    }
  }

  /** Packets that have come to the targets' interfaces, since they were made. */
  long arrived() throws BenchFailed, InterruptedException {
    long packets = 0;
    for (String target : targets()) {
      packets +=
          Long.parseLong(
              Programs.run(
                  "ip",
                  "netns",
                  "exec",
                  target,
                  "cat",
                  "/sys/class/net/" + INTERFACE + "/statistics/rx_packets"));
    }
    return packets;
  }

  @Override
  public void close() {
    cleanUp.close();
  }

  private void make() throws BenchFailed, InterruptedException {
    addNamespace(source());
    for (int i = 0; i < count; i++) {
      addNamespace(target(i));
      ip("-n", source(), "link", "add", "to" + i, "type", "veth", "peer", "name", INTERFACE);
      ip("-n", source(), "link", "set", INTERFACE, "address", mac(i), "netns", target(i));
      ip("-n", source(), "link", "set", "to" + i, "addrgenmode", "none", "up");
      ip("-n", target(i), "link", "set", INTERFACE, "addrgenmode", "none", "up");
      writeConfiguration(i);
    }
  }

  private void addNamespace(String name) throws BenchFailed, InterruptedException {
    ip("netns", "add", name);
    cleanUp.add(() -> {
      try {
        ip("netns", "del", name);
      } catch (BenchFailed | InterruptedException e) {
        System.err.println("bench: remove it by hand: ip netns del " + name);
      }
    });
  }

  private void writeConfiguration(int link) throws BenchFailed {
    try {
      Files.writeString(
          configuration(link),
          """
          {
            eth(daddr=%s, saddr=02:00:00:00:01:00),
            ipv4(ttl=64, saddr=10.99.1.2, daddr=10.99.1.1),
            udp(sp=40000, dp=5353),
            fill(0x41, %d)
          }
          """
              .formatted(mac(link), PAYLOAD_BYTES));
    } catch (IOException e) {
      throw new BenchFailed("Writing " + configuration(link) + " failed.", e);
    }
  }

  private List<String> generator(int link, int packets, int packetsPerSecond) {
    return List.of(
        "ip",
        "netns",
        "exec",
        source(),
        "trafgen",
        "--conf",
        configuration(link).toString(),
        "--dev",
        "to" + link,
        "--num",
        Integer.toString(packets),
        "--rate",
        packetsPerSecond + "pps",
        "--cpus",
        "1",
        // leaves the machine's settings as they are
        "--no-sock-mem",
        "--notouch-irq",
        "--no-cpu-stats");
  }

  private String source() {
    return prefix() + "-source";
  }

  private String target(int link) {
    return prefix() + "-" + link;
  }

  private Path configuration(int link) {
    return directory.resolve("trafgen-" + link + ".cfg");
  }

  private static String mac(int link) {
    return "02:00:00:00:02:%02x".formatted(link);
  }

  private static void ip(String... arguments) throws BenchFailed, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    Programs.run(command.toArray(String[]::new));
  }
}
