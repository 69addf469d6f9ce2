package io.alertcap.acceptance;

import java.nio.file.Path;
import java.util.List;

/**
 * Two network namespaces joined by a veth pair: a pod's with DNS queries arriving in it, twenty a
 * second, and the one that they come from. Nothing in them reaches, or is reached from, elsewhere.
 */
public final class PodNetwork implements AutoCloseable {

  /** TEST-NET-1 (RFC 5737). */
  private static final String POD = "192.0.2.2";

  private static final String CLIENT = "192.0.2.1";

  /** A query for the A record of example.com, twenty times a second. */
  private static final String ASK =
      """
      while sleep 0.05; do
        printf '\\x12\\x34\\x01\\0\\0\\x01\\0\\0\\0\\0\\0\\0\\7example\\3com\\0\\0\\1\\0\\1' >/dev/udp/%s/53
      done
      """
          .formatted(POD);

  private final String name = "alertcap-acceptance-" + ProcessHandle.current().pid();
  private final Daemon client;

  /** Needs root and iproute2. */
  public PodNetwork(Path scratch) {
    String pod = name + "-pod";
    String client = name + "-client";
    try {
      ip("netns", "add", pod);
      ip("netns", "add", client);
      ip("-n", pod, "link", "add", "eth0", "type", "veth", "peer", "name", "eth0", "netns", client);
      up(pod, POD);
      up(client, CLIENT);
    } catch (AssertionError e) {
      remove();
      throw e;
    }
    this.client =
        Daemon.start(
            scratch.resolve("client.log"),
            List.of("ip", "netns", "exec", client, "bash", "-c", ASK));
  }

  /** The pod's namespace. */
  public Path namespace() {
    return Path.of("/run/netns", name + "-pod");
  }

  @Override
  public void close() {
    client.close();
    remove();
  }

  private void remove() {
    Programs.run("ip", "netns", "delete", name + "-pod");
    Programs.run("ip", "netns", "delete", name + "-client");
  }

  private static void up(String namespace, String address) {
    ip("-n", namespace, "address", "add", address + "/24", "dev", "eth0");
    ip("-n", namespace, "link", "set", "lo", "up");
    ip("-n", namespace, "link", "set", "eth0", "up");
  }

  private static void ip(String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = "ip";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Programs.output(command);
  }
}
