package io.alertcap.standalone.demo;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two network namespaces joined by a veth pair: one like a pod's, with a DNS server in it, and one
 * for its client. Nothing in them can reach, or be reached from, anywhere else.
 */
public final class DemoNetwork implements AutoCloseable {

  /** TEST-NET-1 (RFC 5737): on no real network. */
  static final String POD_ADDRESS = "192.0.2.2";

  static final String CLIENT_ADDRESS = "192.0.2.1";
  private static final String PREFIX = "alertcap-demo-";
  private static final Path NAMED_NAMESPACES = Path.of("/run/netns");
  private static final long SERVER_END_SECONDS = 3;

  private static final Logger log = LoggerFactory.getLogger(DemoNetwork.class);

  private final String podNamespace;
  private final String clientNamespace;
  private final Process server;
  private final Optional<DemoContainer> container;

  private DemoNetwork(String podNamespace, String clientNamespace, Process server) {
    this.podNamespace = podNamespace;
    this.clientNamespace = clientNamespace;
    this.server = server;
    this.container = DemoContainer.around(server.pid());
  }

  /** Builds both namespaces and starts the server; removes what a killed demo has left behind. */
  public static DemoNetwork build() throws DemoFailed, InterruptedException {
    return build(List.of());
  }

  /**
   * @param serverOptions of the DNS server, besides its own
   */
  static DemoNetwork build(List<String> serverOptions) throws DemoFailed, InterruptedException {
    removeLeftovers();
    String name = PREFIX + ProcessHandle.current().pid();
    String pod = name + "-pod";
    String client = name + "-client";
    try {
      joined(pod, client);
      Process server = dnsServer(pod, serverOptions);
      DemoServer.await(server);
      return new DemoNetwork(pod, client, server);
    } catch (DemoFailed | InterruptedException e) {
      remove(pod);
      remove(client);
      throw e;
    }
  }

  /** The path that {@code setns} would take. */
  Path podNetns() {
    return NAMED_NAMESPACES.resolve(podNamespace);
  }

  Path clientNetns() {
    return NAMED_NAMESPACES.resolve(clientNamespace);
  }

  /** Of the DNS server; empty where this machine lets nobody make cgroups. */
  Optional<String> containerId() {
    return container.map(DemoContainer::id);
  }

  /** What to put before a command so that it runs as the client. */
  List<String> asClient() {
    return List.of("ip", "netns", "exec", clientNamespace);
  }

  @Override
  public void close() {
    server.destroy();
    try {
      if (!server.waitFor(SERVER_END_SECONDS, TimeUnit.SECONDS)) {
        server.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      server.destroyForcibly();
    }
    container.ifPresent(DemoContainer::close);
    remove(podNamespace);
    remove(clientNamespace);
  }

  @Override
  public String toString() {
    return containerId().map(id -> podNetns() + ", container " + id).orElse(podNetns().toString());
  }

  private static void joined(String pod, String client) throws DemoFailed, InterruptedException {
    Commands.run("ip", "netns", "add", pod);
    Commands.run("ip", "netns", "add", client);
    Commands.run(
        "ip", "-n", pod, "link", "add", "eth0", "type", "veth", "peer", "name", "eth0", "netns",
        client);
    up(pod, POD_ADDRESS);
    up(client, CLIENT_ADDRESS);
  }

  private static void up(String namespace, String address) throws DemoFailed, InterruptedException {
    Commands.run("ip", "-n", namespace, "address", "add", address + "/24", "dev", "eth0");
    Commands.run("ip", "-n", namespace, "link", "set", "lo", "up");
    Commands.run("ip", "-n", namespace, "link", "set", "eth0", "up");
  }

  /** dnsmasq with one zone, {@code demo.example}, and no way to ask anybody else. */
  private static Process dnsServer(String pod, List<String> options) throws DemoFailed {
    List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", pod));
    command.addAll(
        List.of(
            "dnsmasq",
            "--keep-in-foreground",
            "--conf-file=",
            "--pid-file=",
            "--no-resolv",
            "--no-hosts",
            "--bind-interfaces",
            "--listen-address=" + POD_ADDRESS,
            "--address=/demo.example/198.51.100.7",
            "--user=root",
            "--log-facility=-"));
    command.addAll(options);
    return Commands.start(command);
  }

  private static void removeLeftovers() {
    if (!Files.isDirectory(NAMED_NAMESPACES)) {
      return;
    }
    try (DirectoryStream<Path> left = Files.newDirectoryStream(NAMED_NAMESPACES, PREFIX + "*")) {
      for (Path namespace : left) {
        String name = namespace.getFileName().toString();
        long owner = Long.parseLong(name.substring(PREFIX.length(), name.lastIndexOf('-')));
        if (ProcessHandle.of(owner).isEmpty()) {
          remove(name);
        }
      }
    } catch (IOException | NumberFormatException e) {
      log.warn("namespaces of earlier demos are left in {}", NAMED_NAMESPACES, e);
    }
  }

  private static void remove(String namespace) {
    if (Files.notExists(NAMED_NAMESPACES.resolve(namespace))) {
      return;
    }
    try {
      Commands.run("ip", "netns", "delete", namespace);
    } catch (DemoFailed e) {
      log.warn("the network namespace {} is left behind: {}", namespace, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
