package io.alertcap.capturer.dns;

import static io.alertcap.capturer.netns.NamespaceLab.GATEWAY_OF_POD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.alertcap.capturer.lab.Machine;
import io.alertcap.capturer.netns.NamespaceLab;
import io.alertcap.capturer.netns.NetworkNamespace;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * dnsmasq in a pod, a client that asks it from outside, and an upstream that is slow or silent
 * where the name says so. {@code one.local.test} and {@code many.local.test} are dnsmasq's own.
 */
public final class DnsPod {

  public static final String ADDRESS = "10.99.1.2";

  private final NamespaceLab lab;
  private final NetworkNamespace gateway;
  private final Process dnsmasq;
  private final DatagramChannel client;
  private int nextId = 1;

  private DnsPod(NamespaceLab lab, Path directory) throws IOException {
    this.lab = lab;
    this.gateway = lab.gateway();
    lab.closing(new MoodyServer(lab.udpSocket(gateway), GATEWAY_OF_POD));
    this.client = lab.udpSocket(gateway);
    client.bind(new InetSocketAddress(GATEWAY_OF_POD, 0));
    this.dnsmasq =
        lab.startInPod(
            "/usr/sbin/dnsmasq",
            "--keep-in-foreground",
            "--conf-file=/dev/null",
            "--user=root",
            "--pid-file=",
            "--no-resolv",
            "--no-hosts",
            "--addn-hosts=" + hosts(directory),
            "--local=/cluster.local/",
            "--cache-size=0",
            "--server=" + GATEWAY_OF_POD);
  }

  /** Skips the test where there is no dnsmasq. */
  public static void needDnsmasq() {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/sbin/dnsmasq")),
        "skipped: there is no dnsmasq (package dnsmasq-base)");
  }

  /** Blocks until the server answers; everything ends with the lab. */
  public static DnsPod start(NamespaceLab lab, Path directory) throws IOException {
    DnsPod pod = new DnsPod(lab, directory);
    await().until(() -> pod.ask("one.local.test", 200));
    return pod;
  }

  /** Whether there was an answer in time. */
  public boolean ask(String name, int patienceMillis) throws IOException {
    send(name);
    return receive(patienceMillis);
  }

  public void askOverTcp(String name) throws IOException {
    try (SocketChannel connection = lab.tcpSocket(gateway)) {
      connection.connect(new InetSocketAddress(ADDRESS, 53));
      connection.write(
          ByteBuffer.wrap(DnsBytes.prefixed(DnsBytes.query(nextId++, name, DnsBytes.A))));
      ByteBuffer length = ByteBuffer.allocate(2);
      read(connection, length);
      read(connection, ByteBuffer.allocate(length.getShort(0)));
    }
  }

  /** The server cannot see the question before it goes on, 150 ms later. */
  void askWhileStopped(String name) throws IOException {
    Machine.output("kill", "-STOP", Long.toString(dnsmasq.pid()));
    send(name);
    assertThat(receive(150)).isFalse();
    Machine.output("kill", "-CONT", Long.toString(dnsmasq.pid()));
    assertThat(receive(2_000)).isTrue();
  }

  private void send(String name) throws IOException {
    ByteBuffer query = ByteBuffer.wrap(DnsBytes.query(nextId++, name, DnsBytes.A));
    client.send(query, new InetSocketAddress(ADDRESS, 53));
  }

  private boolean receive(int patienceMillis) throws IOException {
    client.socket().setSoTimeout(patienceMillis);
    try {
      client.socket().receive(new DatagramPacket(new byte[1_500], 1_500));
      return true;
    } catch (SocketTimeoutException late) {
      return false;
    }
  }

  private static void read(SocketChannel from, ByteBuffer into) throws IOException {
    while (into.hasRemaining() && from.read(into) >= 0) {
      // until it is full
    }
  }

  private static Path hosts(Path directory) throws IOException {
    StringBuilder lines = new StringBuilder("10.99.9.1 one.local.test\n");
    for (int i = 1; i <= 100; i++) {
      lines.append("10.99.9.").append(i).append(" many.local.test\n");
    }
    return Files.writeString(directory.resolve("hosts"), lines);
  }
}
