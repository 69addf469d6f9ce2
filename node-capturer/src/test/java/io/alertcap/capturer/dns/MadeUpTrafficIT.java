package io.alertcap.capturer.dns;

import static io.alertcap.capturer.dissect.PacketBuilder.TCP;
import static io.alertcap.capturer.dissect.PacketBuilder.ip;
import static io.alertcap.capturer.dissect.PacketBuilder.tcp;
import static io.alertcap.capturer.dns.DnsBytes.A;
import static io.alertcap.capturer.dns.DnsBytes.AAAA;
import static io.alertcap.capturer.dns.DnsBytes.prefixed;
import static io.alertcap.capturer.dns.DnsBytes.query;
import static io.alertcap.capturer.dns.DnsBytes.response;
import static io.alertcap.capturer.dns.Scene.CLIENT;
import static io.alertcap.capturer.dns.Scene.TARGET;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.capturer.dissect.Dissector;
import io.alertcap.schemas.DnsReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What real resolvers seldom do, and whether tshark sees in it what we see. */
class MadeUpTrafficIT {

  private static final String NAME = "www.example";
  private static final long SECOND = 1_000_000L;

  @TempDir Path directory;

  private final Scene scene = new Scene();

  @Test
  void thousandsOfTransactionsInAnyOrder() throws IOException {
    Random random = new Random(20261123);
    for (int i = 0; i < 5_000; i++) {
      String client = i % 3 == 0 ? "2001:db8::" + i % 10 : "10.1.1." + i % 10;
      String server = i % 3 == 0 ? "2001:db8::53" : TARGET;
      long latency = random.nextInt(3_000_000);
      scene.ask(random.nextInt(60_000_000), client, server, "n" + i + ".example", i % 6, latency);
    }

    DnsReport report = compare();

    assertThat(report.served().orElseThrow().answered()).isEqualTo(3_333);
  }

  @Test
  void repeatedQueriesAndAnswers() throws IOException {
    long[] repetitions = {300, SECOND, 4_999_999, 5_000_000, 5_000_001, 8 * SECOND};
    for (int i = 0; i < repetitions.length; i++) {
      long at = i * (30 * SECOND);
      int port = 4_000 + i;
      scene.query(at, CLIENT, port, TARGET, query(i, NAME, A));
      scene.query(at + repetitions[i], CLIENT, port, TARGET, query(i, NAME, A));
      scene.answer(at + 9 * SECOND, TARGET, CLIENT, port, response(i, NAME, A, 0));
      scene.answer(at + 9 * SECOND + 5, TARGET, CLIENT, port, response(i, NAME, A, 0));
    }

    assertThat(compare().served().orElseThrow().repeatedAnswers()).isEqualTo(6);
  }

  @Test
  void idsThatAreUsedAgain() throws IOException {
    for (int i = 0; i < 10; i++) {
      scene.query(i * 1_000L, CLIENT, 4_000, TARGET, query(7, "n" + i + ".example", A));
      scene.answer(
          i * 1_000L + 100 + i, TARGET, CLIENT, 4_000, response(7, "n" + i + ".example", A, 0));
    }
    scene.answer(99_000, TARGET, CLIENT, 4_001, response(9, "stray.example", A, 0));

    assertThat(compare().messages().strayAnswers()).isOne();
  }

  @Test
  void messagesCutIntoTcpSegments() throws IOException {
    byte[] asked = DnsBytes.join(prefixed(query(1, NAME, A)), prefixed(query(2, NAME, AAAA)));
    byte[] answers =
        DnsBytes.join(prefixed(response(2, NAME, AAAA, 0)), prefixed(response(1, NAME, A, 3)));
    toServer(0, Dissector.TCP_SYN, 99, new byte[0]);
    toClient(5, Dissector.TCP_SYN | Dissector.TCP_ACK, 199, new byte[0]);
    toServer(10, Dissector.TCP_ACK, 100, Arrays.copyOf(asked, 35));
    toServer(30, Dissector.TCP_ACK, 135, Arrays.copyOfRange(asked, 35, asked.length));
    toClient(500, Dissector.TCP_ACK, 200, Arrays.copyOf(answers, 20));
    toClient(600, Dissector.TCP_ACK, 220, Arrays.copyOfRange(answers, 20, answers.length));

    assertThat(compare().served().orElseThrow().tcp()).isEqualTo(2);
  }

  private DnsReport compare() throws IOException {
    Path file = scene.write(directory.resolve("made-up.pcap"));
    return new Tshark(file).expectTheSame(VerdictThresholds.DEFAULTS, TARGET);
  }

  private void toServer(long micros, int flags, int sequence, byte[] payload) {
    scene.packet(micros, ip(CLIENT, TARGET, TCP, tcp(4_000, 53, flags, sequence, 512, payload)));
  }

  private void toClient(long micros, int flags, int sequence, byte[] payload) {
    scene.packet(micros, ip(TARGET, CLIENT, TCP, tcp(53, 4_000, flags, sequence, 512, payload)));
  }
}
