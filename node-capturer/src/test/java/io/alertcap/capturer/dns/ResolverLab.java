package io.alertcap.capturer.dns;

import static io.alertcap.capturer.netns.NamespaceLab.GATEWAY_OF_POD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alertcap.capturer.lab.Machine;
import io.alertcap.capturer.netns.NamespaceLab;
import io.alertcap.capturer.netns.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Programs that know nothing of this test: dnsmasq in the pod, which forwards what it does not know
 * to another dnsmasq in the neighbour's namespace, and the C library's resolver, by way of getent,
 * as the client. Between both servers is a {@link Forwarder}, the only part that is the test's.
 *
 * <p>dnsmasq in the pod knows {@code one.local.test}, {@code many.local.test} with more addresses
 * than fit into a datagram, and that {@code cluster.local} has nothing else.
 */
final class ResolverLab {

  static final String POD = "10.99.1.2";

  private static final String UPSTREAM = "10.99.2.2";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final NamespaceLab lab;
  private final Process dnsmasq;

  /** What glibc is told, resolv.conf(5). */
  record Resolver(String options, String searchList) {
    static final Resolver PLAIN = new Resolver("timeout:6 attempts:1", ".");

    private Map<String, String> environment() {
      return Map.of("RES_OPTIONS", options, "LOCALDOMAIN", searchList);
    }
  }

  /** Blocks until the servers answer; everything ends with the lab. */
  ResolverLab(NamespaceLab lab, Path directory) throws IOException, InterruptedException {
    this.lab = lab;
    lab.ipInPod("addr", "add", "fd00:99:1::2/64", "dev", "eth0", "nodad");
    lab.nameServers(GATEWAY_OF_POD, POD);
    NetworkNamespace gateway = lab.gateway();
    lab.closing(
        new Forwarder(lab.udpSocket(gateway), GATEWAY_OF_POD, lab.udpSocket(gateway), UPSTREAM));
    lab.startInNeighbour(server("--address=/example/10.99.9.9", "--cache-size=0"));
    this.dnsmasq =
        lab.startInPod(
            server(
                "--addn-hosts=" + hosts(directory),
                "--local=/cluster.local/",
                "--cache-size=0",
                "--server=" + GATEWAY_OF_POD));
    await().atMost(PATIENCE).until(() -> answers("one.local.test") && answers("any.example"));
  }

  /** The client asks for the IPv4 addresses of one name after the other. */
  void ask(Collection<String> names) throws IOException {
    ask(Resolver.PLAIN, names);
  }

  void ask(Resolver resolver, Collection<String> names) throws IOException {
    finish(lab.startInGateway(resolver.environment(), getent("ahostsv4", names)));
  }

  /** A client that goes on while others ask. */
  Process asking(String name) throws IOException {
    return lab.startInGateway(Resolver.PLAIN.environment(), getent("ahostsv4", List.of(name)));
  }

  /** The pod itself is the client, of the forwarder, and wants addresses of both families. */
  Process podAsking(Resolver resolver, Collection<String> names) throws IOException {
    return lab.startInPod(resolver.environment(), getent("ahosts", names));
  }

  /** The server in the pod gets no processor for some time while the client waits. */
  void askWhileStopped(String name, int millis) throws IOException {
    Machine.output("kill", "-STOP", Long.toString(dnsmasq.pid()));
    Process client = asking(name);
    try {
      assertThat(client.waitFor(millis, TimeUnit.MILLISECONDS)).isFalse();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    Machine.output("kill", "-CONT", Long.toString(dnsmasq.pid()));
    finish(client);
  }

  /** Something that is no DNS. */
  void ping() throws IOException {
    finish(lab.startInGateway(Map.of(), "busybox", "ping", "-c", "3", "-i", "0.1", POD));
  }

  static void finish(Process process) throws IOException {
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private boolean answers(String name) throws IOException, InterruptedException {
    Process client =
        lab.startInGateway(
            new Resolver("timeout:1 attempts:1", ".").environment(), "getent", "ahostsv4", name);
    return client.waitFor() == 0;
  }

  /** One process after the other, since each has a resolver of its own. */
  private static String[] getent(String database, Collection<String> names) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "sh", "-c", "for name in \"$@\"; do getent " + database + " $name; done", "sh"));
    command.addAll(names);
    return command.toArray(String[]::new);
  }

  private static String[] server(String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "/usr/sbin/dnsmasq",
                "--keep-in-foreground",
                "--conf-file=/dev/null",
                "--user=root",
                "--pid-file=",
                "--no-resolv",
                "--no-hosts"));
    command.addAll(List.of(more));
    return command.toArray(String[]::new);
  }

  private static Path hosts(Path directory) throws IOException {
    StringBuilder lines = new StringBuilder("10.99.9.1 one.local.test\n");
    for (int i = 1; i <= 100; i++) {
      lines.append("10.99.9.").append(i).append(" many.local.test\n");
    }
    return Files.writeString(directory.resolve("hosts"), lines);
  }
}
