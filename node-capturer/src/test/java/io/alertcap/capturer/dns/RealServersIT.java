package io.alertcap.capturer.dns;

import static io.alertcap.capturer.netns.NamespaceLab.GATEWAY_OF_POD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.alertcap.capturer.capture.Capture;
import io.alertcap.capturer.capture.CaptureEnd;
import io.alertcap.capturer.capture.CaptureFilter;
import io.alertcap.capturer.capture.CaptureLimits;
import io.alertcap.capturer.capture.CaptureOutcome;
import io.alertcap.capturer.capture.CapturePlan;
import io.alertcap.capturer.capture.InterfaceChoice;
import io.alertcap.capturer.capture.LibpcapPacketSource;
import io.alertcap.capturer.capture.PacketTap;
import io.alertcap.capturer.capture.TapOpening;
import io.alertcap.capturer.lab.Machine;
import io.alertcap.capturer.netns.NamespaceLab;
import io.alertcap.capturer.netns.NetworkNamespace;
import io.alertcap.capturer.netns.Visit;
import io.alertcap.schemas.DnsReport;
import io.alertcap.schemas.VerdictCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * dnsmasq in a pod, asked from outside, with an upstream that can be slow or silent: captured in
 * the pod, judged, and compared with what tshark reads in the same file.
 */
@Timeout(120)
class RealServersIT {

  private static final String POD = "10.99.1.2";
  private static final VerdictThresholds IMPATIENT =
      new VerdictThresholds(
          20, Duration.ofMillis(900), 0.01, Duration.ofMillis(100), 0.05, 0.7, 0.5, 0.1, 2);

  @RegisterExtension final NamespaceLab lab = new NamespaceLab();
  @TempDir Path directory;

  private Process dnsmasq;
  private DatagramChannel client;
  private NetworkNamespace pod;
  private NetworkNamespace gateway;
  private int nextId = 1;

  @BeforeAll
  static void needLibpcap() {
    try {
      LibpcapPacketSource.warmUp();
    } catch (IOException e) {
      assumeTrue(false, "skipped: " + e.getMessage());
    }
    assumeTrue(
        Files.isExecutable(Path.of("/usr/sbin/dnsmasq")),
        "skipped: there is no dnsmasq (package dnsmasq-base)");
  }

  @BeforeEach
  void startServers() throws IOException {
    pod = lab.pod();
    gateway = lab.gateway();
    lab.closing(new MoodyServer(lab.udpSocket(gateway), GATEWAY_OF_POD));
    client = lab.udpSocket(gateway);
    client.bind(new InetSocketAddress(GATEWAY_OF_POD, 0));
    Path hosts = directory.resolve("hosts");
    StringBuilder many = new StringBuilder();
    for (int i = 1; i <= 100; i++) {
      many.append("10.99.9.").append(i).append(" many.local.test\n");
    }
    Files.writeString(hosts, many + "10.99.9.1 one.local.test\n");
    dnsmasq =
        lab.startInPod(
            "/usr/sbin/dnsmasq",
            "--keep-in-foreground",
            "--conf-file=/dev/null",
            "--user=root",
            "--pid-file=",
            "--no-resolv",
            "--no-hosts",
            "--addn-hosts=" + hosts,
            "--local=/cluster.local/",
            "--cache-size=0",
            "--server=" + GATEWAY_OF_POD);
    await().until(() -> ask("one.local.test", 200));
  }

  @Test
  void healthy() throws IOException {
    DnsReport report =
        captured(() -> {
          for (int i = 0; i < 30; i++) {
            ask("one.local.test", 2_000);
            ask("quick-" + i + ".example", 2_000);
          }
        });

    assertThat(report.verdict().code()).isEqualTo(VerdictCode.HEALTHY);
    assertThat(report.served().orElseThrow().answered()).isEqualTo(60);
    assertThat(report.forwarding().orElseThrow().forwarded()).isEqualTo(30);
    assertThat(report.forwarding().orElseThrow().own()).isEqualTo(30);
  }

  @Test
  void slowUpstream() throws IOException {
    DnsReport report =
        captured(() -> {
          for (int i = 0; i < 20; i++) {
            ask("after-" + (i % 2 == 0 ? 0 : 150) + "-" + i + ".example", 2_000);
          }
        });

    assertThat(report.verdict().code()).isEqualTo(VerdictCode.UPSTREAM_SLOW);
    assertThat(report.verdict().sentence()).contains("10 (50.0 %) of 20 answers", "10 of these 10");
    assertThat(report.forwarding().orElseThrow().medianShare().orElseThrow()).isGreaterThan(0.5);
  }

  @Test
  void slowServer() throws IOException {
    DnsReport report =
        captured(() -> {
          for (int i = 0; i < 20; i++) {
            ask("quick-" + i + ".example", 2_000);
          }
          for (int i = 0; i < 3; i++) {
            whileStopped("stop-" + i + ".example");
          }
        });

    assertThat(report.verdict().code()).isEqualTo(VerdictCode.SERVER_SLOW);
    assertThat(report.verdict().sentence()).contains("3 (13.0 %) of 23 answers", "0 of these 3");
  }

  @Test
  void silentUpstream() throws IOException {
    DnsReport report =
        captured(() -> {
          ask("never-0.example", 1);
          for (int i = 0; i < 25; i++) {
            ask("after-40-" + i + ".example", 2_000);
          }
        });

    assertThat(report.verdict().code()).isEqualTo(VerdictCode.QUERIES_UNANSWERED);
    assertThat(report.verdict().sentence())
        .contains(
            "1 (3.8 %) of 26 queries to the target", "that it sent itself", "got none either");
  }

  @Test
  void searchList() throws IOException {
    List<String> list = List.of("ns.svc.cluster.local", "svc.cluster.local", "cluster.local");
    DnsReport report =
        captured(() -> {
          for (int i = 0; i < 10; i++) {
            for (String domain : list) {
              ask("quick-" + i + ".example." + domain, 2_000);
            }
            ask("quick-" + i + ".example", 2_000);
          }
        });

    assertThat(report.verdict().code()).isEqualTo(VerdictCode.NXDOMAIN_STORM);
    assertThat(report.served().orElseThrow().searchExpansions()).isEqualTo(30);
  }

  @Test
  void answersThatAreTooBigForUdp() throws IOException {
    DnsReport report =
        captured(() -> {
          for (int i = 0; i < 20; i++) {
            ask("many.local.test", 2_000);
            askOverTcp("many.local.test");
          }
        });

    assertThat(report.verdict().code()).isEqualTo(VerdictCode.TRUNCATION_FALLBACK);
    assertThat(report.served().orElseThrow().truncatedWithoutEdns()).isEqualTo(20);
    assertThat(report.served().orElseThrow().tcp()).isEqualTo(20);
    assertThat(report.messages().tcpGaps()).isZero();
  }

  /** The server cannot see the question before it goes on, 150 ms later. */
  private void whileStopped(String name) throws IOException {
    Machine.output("kill", "-STOP", Long.toString(dnsmasq.pid()));
    send(name);
    assertThat(receive(150)).isFalse();
    Machine.output("kill", "-CONT", Long.toString(dnsmasq.pid()));
    assertThat(receive(2_000)).isTrue();
  }

  private boolean ask(String name, int patienceMillis) throws IOException {
    send(name);
    return receive(patienceMillis);
  }

  private void send(String name) throws IOException {
    ByteBuffer query = ByteBuffer.wrap(DnsBytes.query(nextId++, name, DnsBytes.A));
    client.send(query, new InetSocketAddress(POD, 53));
  }

  /** Whether an answer came in time. */
  private boolean receive(int patienceMillis) throws IOException {
    client.socket().setSoTimeout(patienceMillis);
    try {
      client.socket().receive(new DatagramPacket(new byte[1_500], 1_500));
      return true;
    } catch (SocketTimeoutException late) {
      return false;
    }
  }

  private void askOverTcp(String name) throws IOException {
    try (SocketChannel connection = tcpSocket()) {
      connection.connect(new InetSocketAddress(POD, 53));
      connection.write(
          ByteBuffer.wrap(DnsBytes.prefixed(DnsBytes.query(nextId++, name, DnsBytes.A))));
      ByteBuffer length = ByteBuffer.allocate(2);
      read(connection, length);
      read(connection, ByteBuffer.allocate(length.getShort(0)));
    }
  }

  private static void read(SocketChannel from, ByteBuffer into) throws IOException {
    while (into.hasRemaining() && from.read(into) >= 0) {
      // until it is full
    }
  }

  private SocketChannel tcpSocket() {
    Visit<SocketChannel> visit =
        gateway.visit(
            "lab-socket",
            () -> {
              try {
                return SocketChannel.open();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    assertThat(visit).isInstanceOf(Visit.Made.class);
    return ((Visit.Made<SocketChannel>) visit).result();
  }

  private DnsReport captured(Traffic traffic) throws IOException {
    Path file = directory.resolve("capture.pcap");
    CapturePlan plan =
        CapturePlan.of(new CaptureFilter("port 53"), new InterfaceChoice.Named("eth0"));
    TapOpening opening = new LibpcapPacketSource(Clock.systemUTC()).open(pod, plan);
    assertThat(opening).isInstanceOf(TapOpening.Opened.class);
    PacketTap tap = lab.closing(((TapOpening.Opened) opening).tap());
    Capture capture = new Capture(tap, Clock.systemUTC());
    CompletableFuture<CaptureOutcome> outcome =
        CompletableFuture.supplyAsync(
            () -> capture.run(file, CaptureLimits.of(Duration.ofSeconds(60))));
    traffic.send();
    capture.stop(CaptureEnd.CANCELLED);
    assertThat(outcome.join()).isInstanceOf(CaptureOutcome.Finished.class);
    return new Tshark(file).expectTheSame(IMPATIENT, POD);
  }

  private interface Traffic {
    void send() throws IOException;
  }
}
