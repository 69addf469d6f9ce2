package io.alertcap.capturer.tcp;

import static io.alertcap.capturer.netns.NamespaceLab.GATEWAY_OF_POD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import io.alertcap.capturer.dissect.Dissector;
import io.alertcap.capturer.enrich.file.CaptureFileReader;
import io.alertcap.capturer.enrich.file.Packet;
import io.alertcap.capturer.fixture.PodCapture;
import io.alertcap.capturer.lab.Machine;
import io.alertcap.capturer.netns.NamespaceLab;
import io.alertcap.schemas.Latency;
import io.alertcap.schemas.TcpReport;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.LongSummaryStatistics;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Connections between two kernels, captured in the pod, and counted as tshark counts them. A route
 * that leads nowhere loses what the pod sends.
 */
@Timeout(120)
class RealConnectionsIT {

  private static final InetSocketAddress SERVER = new InetSocketAddress("10.99.1.2", 8080);
  private static final InetSocketAddress NOBODY = new InetSocketAddress("10.99.1.2", 81);

  @RegisterExtension final NamespaceLab lab = new NamespaceLab();
  @TempDir Path directory;

  private ServerSocketChannel server;

  @BeforeAll
  static void needLibpcap() {
    PodCapture.needLibpcap();
  }

  @BeforeEach
  void listen() throws IOException {
    server = lab.tcpServerSocket(lab.pod());
    server.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
    server.bind(SERVER);
  }

  @Test
  void opened() throws IOException {
    TcpReport report =
        compared(() -> {
          for (int i = 0; i < 10; i++) {
            try (SocketChannel client = connected();
                SocketChannel served = server.accept()) {
              client.write(ByteBuffer.allocate(1_000));
              read(served, 1_000);
            }
          }
        });

    assertThat(report.flows()).isEqualTo(10);
    assertThat(report.opened()).isEqualTo(10);
    assertThat(report.unopened()).isZero();
    assertThat(report.synRetransmissions() + report.retransmissions()).isZero();
    assertThat(report.resets()).isZero();
  }

  @Test
  void refused() throws IOException {
    TcpReport report =
        compared(() -> {
          for (int i = 0; i < 3; i++) {
            assertThatIOException()
                .isThrownBy(() -> socket().connect(NOBODY))
                .isInstanceOf(ConnectException.class);
          }
        });

    assertThat(report.refused()).isEqualTo(3);
    assertThat(report.unopened()).isEqualTo(3);
    assertThat(report.resets()).isEqualTo(3);
    assertThat(report.opened()).isZero();
  }

  @Test
  void neverAnswered() throws IOException {
    TcpReport report =
        compared(() -> {
          loseWhatThePodSends();
          assertThatIOException()
              .isThrownBy(() -> socket().socket().connect(SERVER, 1_500))
              .isInstanceOf(SocketTimeoutException.class);
        });

    assertThat(report.unopened()).isOne();
    assertThat(report.refused()).isZero();
    assertThat(report.synRetransmissions()).isOne();
  }

  @Test
  void answeredAtTheSecondTry() throws IOException {
    TcpReport report =
        compared(() -> {
          loseWhatThePodSends();
          SocketChannel client = socket();
          client.configureBlocking(false);
          client.connect(SERVER);
          loseNothingAfter(Duration.ofMillis(300));
          await().until(client::finishConnect);
        });

    assertThat(report.opened()).isOne();
    assertThat(report.unopened()).isZero();
    assertThat(report.synRetransmissions()).isOne();
    assertThat(report.handshake().orElseThrow().maxMicros()).isGreaterThan(900_000);
  }

  @Test
  void sentAgain() throws IOException {
    TcpReport report =
        compared(() -> {
          try (SocketChannel client = connected();
              SocketChannel served = server.accept()) {
            loseWhatThePodSends();
            client.write(ByteBuffer.allocate(1_000));
            read(served, 1_000);
            loseNothingAfter(Duration.ofMillis(900));
            served.write(ByteBuffer.allocate(1));
            read(client, 1);
          }
        });

    assertThat(report.retransmissions()).isPositive();
    assertThat(report.synRetransmissions()).isZero();
  }

  @Test
  void reset() throws IOException {
    TcpReport report =
        compared(() -> {
          SocketChannel client = connected();
          SocketChannel served = server.accept();
          client.setOption(StandardSocketOptions.SO_LINGER, 0);
          client.close();
          assertThatIOException().isThrownBy(() -> read(served, 1));
        });

    assertThat(report.resets()).isOne();
    assertThat(report.opened()).isOne();
    assertThat(report.refused()).isZero();
  }

  @Test
  void heldUpByAFullWindow() throws IOException {
    TcpReport report =
        compared(() -> {
          try (SocketChannel client = connected();
              SocketChannel served = server.accept()) {
            client.configureBlocking(false);
            int written = 0;
            int more = 1;
            while (more > 0) {
              more = client.write(ByteBuffer.allocate(16_384));
              written += more;
            }
            await().pollDelay(Duration.ofMillis(700)).until(() -> true);
            read(served, written);
          }
        });

    assertThat(report.zeroWindows()).isPositive();
  }

  /** What the capture of the traffic shows, after tshark has said the same of it. */
  private TcpReport compared(PodCapture.Traffic traffic) throws IOException {
    Path file = PodCapture.of(lab, "tcp", directory.resolve("capture.pcap"), traffic);
    TcpReport report = facts(file);
    assertThat(report.segments()).isEqualTo(count(file, "tcp"));
    assertThat(report.resets()).isEqualTo(count(file, "tcp.flags.reset == 1"));
    assertThat(report.zeroWindows()).isEqualTo(count(file, "tcp.analysis.zero_window"));
    assertThat(report.outOfOrder()).isEqualTo(count(file, "tcp.analysis.out_of_order"));
    assertThat(report.synRetransmissions())
        .isEqualTo(count(file, "tcp.flags.syn == 1 && tcp.analysis.retransmission"));
    assertThat(report.retransmissions())
        .isEqualTo(count(file, "tcp.flags.syn == 0 && tcp.analysis.retransmission"));
    LongSummaryStatistics theirs = handshakes(file);
    assertThat(report.opened()).isEqualTo(theirs.getCount());
    report.handshake().ifPresent(ours -> expectTheSame(ours, theirs));
    return report;
  }

  private static void expectTheSame(Latency ours, LongSummaryStatistics theirs) {
    assertThat(ours.count()).isEqualTo(theirs.getCount());
    assertThat(ours.minMicros()).isEqualTo(theirs.getMin());
    assertThat(ours.maxMicros()).isEqualTo(theirs.getMax());
    assertThat(ours.meanMicros()).isEqualTo(theirs.getSum() / theirs.getCount());
  }

  /** How long tshark says that each SYN waited for its answer, in microseconds. */
  private static LongSummaryStatistics handshakes(Path file) {
    String synAcks = "tcp.flags.syn == 1 && tcp.flags.ack == 1 && tcp.analysis.ack_rtt";
    return fields(file, synAcks, "tcp.analysis.ack_rtt").stream()
        .mapToLong(seconds -> new BigDecimal(seconds).movePointRight(6).longValue())
        .summaryStatistics();
  }

  private static TcpReport facts(Path file) throws IOException {
    TcpFacts facts = new TcpFacts();
    Dissector dissector = new Dissector();
    try (InputStream in = Files.newInputStream(file);
        CaptureFileReader reader = CaptureFileReader.open(in)) {
      while (reader.next()) {
        Packet packet = reader.packet();
        dissector.dissect(
            packet.networkInterface().linkType().orElseThrow(),
            packet.data(),
            packet.offset(),
            packet.capturedLength(),
            (int) packet.originalLength());
        facts.packet(dissector, packet.epochNanos());
      }
    }
    return facts.finish();
  }

  private static long count(Path file, String filter) {
    return fields(file, filter, "frame.number").size();
  }

  private static List<String> fields(Path file, String filter, String field) {
    return Machine.output(
        "tshark", "-n", "-r", file.toString(), "-Y", filter, "-T", "fields", "-e", field);
  }

  private SocketChannel socket() {
    return lab.tcpSocket(lab.gateway());
  }

  private SocketChannel connected() throws IOException {
    SocketChannel client = socket();
    client.connect(SERVER);
    return client;
  }

  private static void read(SocketChannel from, int bytes) throws IOException {
    ByteBuffer into = ByteBuffer.allocate(bytes);
    while (into.hasRemaining() && from.read(into) >= 0) {
      // until it is full
    }
  }

  private void loseWhatThePodSends() {
    lab.ipInPod("route", "add", "blackhole", GATEWAY_OF_POD + "/32");
  }

  private void loseNothingAfter(Duration pause) {
    await().pollDelay(pause).until(() -> true);
    lab.ipInPod("route", "del", "blackhole", GATEWAY_OF_POD + "/32");
  }
}
