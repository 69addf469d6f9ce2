package io.alertcap.capturer.netns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.alertcap.capturer.lab.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Three real network namespaces, made for one test and removed after it: a pod (10.99.1.2 on eth0)
 * and its neighbour (10.99.2.2 on eth0), both linked to a gateway (10.99.1.1, 10.99.2.1). Where a
 * machine cannot do this, the test is skipped, with the reason.
 */
public final class NamespaceLab implements BeforeEachCallback, AfterEachCallback {

  public static final String GATEWAY_OF_POD = "10.99.1.1";
  public static final String GATEWAY_OF_NEIGHBOUR = "10.99.2.1";
  private static final Path NETNS = Path.of("/run/netns");

  private final String prefix =
      "alertcap-" + ProcessHandle.current().pid() + "-" + Integer.toHexString(hashCode());
  private final List<String> made = new ArrayList<>();
  private final List<AutoCloseable> toClose = new ArrayList<>();

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    Machine.needRoot("making network namespaces");
    Machine.needProgram("ip", "-V", "iproute2");
    NamespaceDoor.warmUp();
    for (String name : List.of("pod", "near", "gate")) {
      assumeTrue(
          Machine.run("ip", "netns", "add", full(name)).succeeded(),
          "skipped: this machine does not let network namespaces be made");
      made.add(full(name));
      ip("-n", full(name), "link", "set", "lo", "up");
    }
    link("pod", "veth1", "10.99.1.2/24", "10.99.1.1/24");
    link("near", "veth2", "10.99.2.2/24", "10.99.2.1/24");
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    for (AutoCloseable each : toClose.reversed()) {
      each.close();
    }
    for (String name : made) {
      Machine.run("ip", "netns", "del", name);
    }
  }

  /** Has something closed when the test is over, before the namespaces go. */
  public <T extends AutoCloseable> T closing(T resource) {
    toClose.add(resource);
    return resource;
  }

  public Path podPath() {
    return NETNS.resolve(full("pod"));
  }

  /** The pod's namespace, opened the way a target's is. */
  public NetworkNamespace pod() {
    return open("pod");
  }

  public NetworkNamespace neighbour() {
    return open("near");
  }

  public Path neighbourPath() {
    return NETNS.resolve(full("near"));
  }

  /** Where both their links end. */
  public NetworkNamespace gateway() {
    return open("gate");
  }

  /** Runs {@code ip} in the pod's namespace. */
  public void ipInPod(String... arguments) {
    List<String> command = new ArrayList<>(List.of("-n", full("pod")));
    command.addAll(List.of(arguments));
    ip(command.toArray(String[]::new));
  }

  /** Starts a program in the pod's namespace; it is killed when the test is over. */
  public Process startInPod(String... command) throws IOException {
    return start("pod", Map.of(), command);
  }

  /** As {@link #startInPod}, with more in its environment. */
  public Process startInPod(Map<String, String> environment, String... command) throws IOException {
    return start("pod", environment, command);
  }

  /** As {@link #startInPod}, in the neighbour's namespace. */
  public Process startInNeighbour(String... command) throws IOException {
    return start("near", Map.of(), command);
  }

  /** As {@link #startInPod}, in the gateway's namespace. */
  public Process startInGateway(Map<String, String> environment, String... command)
      throws IOException {
    return start("gate", environment, command);
  }

  /** Whom programs ask for names that are started in the pod, and in the gateway. */
  public void nameServers(String ofPod, String ofGateway) throws IOException {
    nameServer("pod", ofPod);
    nameServer("gate", ofGateway);
  }

  /** {@code ip netns exec} shows the program this file as /etc/resolv.conf, ip-netns(8). */
  private void nameServer(String name, String address) throws IOException {
    Path directory = Files.createDirectories(Path.of("/etc/netns").resolve(full(name)));
    Path file = Files.writeString(directory.resolve("resolv.conf"), "nameserver " + address + "\n");
    closing(() -> {
      Files.delete(file);
      Files.delete(directory);
    });
  }

  private Process start(String name, Map<String, String> environment, String... command)
      throws IOException {
    List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", full(name)));
    all.addAll(List.of(command));
    ProcessBuilder builder =
        new ProcessBuilder(all)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(environment);
    Process process = builder.start();
    closing(process::destroyForcibly);
    return process;
  }

  /** A UDP socket in a namespace, usable from any thread. */
  public DatagramChannel udpSocket(NetworkNamespace namespace) {
    return socket(namespace, DatagramChannel::open);
  }

  /** A TCP socket in a namespace, not connected. */
  public SocketChannel tcpSocket(NetworkNamespace namespace) {
    return socket(namespace, SocketChannel::open);
  }

  /** A socket that takes TCP connections in a namespace, not bound. */
  public ServerSocketChannel tcpServerSocket(NetworkNamespace namespace) {
    return socket(namespace, ServerSocketChannel::open);
  }

  /** Sends datagrams of {@code bytes} bytes. */
  public static void send(DatagramChannel from, String to, int port, int count, int bytes)
      throws IOException {
    InetSocketAddress target = new InetSocketAddress(to, port);
    ByteBuffer payload = ByteBuffer.allocate(bytes);
    for (int i = 0; i < count; i++) {
      from.send(payload.rewind(), target);
    }
  }

  /** Sends to several ports in turn, as fast as it can, until closed or the test is over. */
  public AutoCloseable load(DatagramChannel from, String to, int bytes, int... ports) {
    AtomicBoolean stop = new AtomicBoolean();
    Thread thread =
        Thread.ofPlatform()
            .name("lab-load")
            .daemon()
            .start(() -> {
              try {
                while (!stop.get()) {
                  for (int port : ports) {
                    send(from, to, port, 16, bytes);
                  }
                }
              } catch (IOException linkIsDown) {
                stop.set(true);
              }
            });
    return closing(() -> {
      stop.set(true);
      thread.join();
    });
  }

  private NetworkNamespace open(String name) {
    Admission admission =
        new NamespaceDoor(Path.of("/proc"), List.of(NETNS))
            .openPath(NETNS.resolve(full(name)), false);
    assertThat(admission).isInstanceOf(Admission.Granted.class);
    return closing(((Admission.Granted) admission).namespace());
  }

  private <T extends AutoCloseable> T socket(NetworkNamespace namespace, Opening<T> opening) {
    Visit<T> visit =
        namespace.visit(
            "lab-socket",
            () -> {
              try {
                return opening.open();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    assertThat(visit).isInstanceOf(Visit.Made.class);
    return closing(((Visit.Made<T>) visit).result());
  }

  private void link(String name, String gatewaySide, String address, String gatewayAddress) {
    ip(
        "-n",
        full("gate"),
        "link",
        "add",
        gatewaySide,
        "type",
        "veth",
        "peer",
        "name",
        "eth0",
        "netns",
        full(name));
    ip("-n", full("gate"), "addr", "add", gatewayAddress, "dev", gatewaySide);
    ip("-n", full("gate"), "link", "set", gatewaySide, "up");
    ip("-n", full(name), "addr", "add", address, "dev", "eth0");
    ip("-n", full(name), "link", "set", "eth0", "up");
  }

  private String full(String name) {
    return prefix + "-" + name;
  }

  private static void ip(String... arguments) {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    Machine.output(command);
  }

  private interface Opening<T> {
    T open() throws IOException;
  }
}
