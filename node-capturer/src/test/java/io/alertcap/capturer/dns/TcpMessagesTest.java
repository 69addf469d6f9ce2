package io.alertcap.capturer.dns;

import static io.alertcap.capturer.dissect.PacketBuilder.TCP;
import static io.alertcap.capturer.dissect.PacketBuilder.ip;
import static io.alertcap.capturer.dissect.PacketBuilder.tcp;
import static io.alertcap.capturer.dns.DnsBytes.A;
import static io.alertcap.capturer.dns.DnsBytes.AAAA;
import static io.alertcap.capturer.dns.DnsBytes.join;
import static io.alertcap.capturer.dns.DnsBytes.prefixed;
import static io.alertcap.capturer.dns.DnsBytes.query;
import static io.alertcap.capturer.dns.DnsBytes.response;
import static io.alertcap.capturer.dns.Scene.CLIENT;
import static io.alertcap.capturer.dns.Scene.TARGET;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.capturer.dissect.Dissector;
import io.alertcap.schemas.DnsReport;
import io.alertcap.schemas.DnsSide;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TcpMessagesTest {

  private static final String NAME = "www.example";
  private final Scene scene = new Scene();

  @Test
  void readsMessagesOutOfTcpSegments() {
    byte[] asked = join(prefixed(query(1, NAME, A)), prefixed(query(2, NAME, AAAA)));
    byte[] answered = prefixed(response(1, NAME, A, 0));
    toServer(0, Dissector.TCP_SYN, 99, new byte[0]);
    toServer(10, Dissector.TCP_ACK, 100, Arrays.copyOf(asked, 3));
    toServer(20, Dissector.TCP_ACK, 100, Arrays.copyOf(asked, 3));
    toServer(30, Dissector.TCP_ACK, 102, Arrays.copyOfRange(asked, 2, asked.length));
    toClient(500, 7_000, answered);

    DnsReport report = scene.report(TARGET);

    assertThat(report.messages().tcp()).isEqualTo(3);
    assertThat(report.messages().tcpGaps()).isZero();
    assertThat(report.messages().malformed()).isZero();
    assertThat(served(report).tcp()).isEqualTo(2);
    assertThat(served(report).latency().orElseThrow().maxMicros()).isEqualTo(470);
  }

  @Test
  void goesOnAfterAGapInATcpStream() {
    byte[] first = prefixed(query(1, NAME, A));
    toServer(0, Dissector.TCP_SYN, 99, new byte[0]);
    toServer(10, Dissector.TCP_ACK, 100, Arrays.copyOf(first, 9));
    toServer(20, Dissector.TCP_ACK, 2_000, new byte[] {1, 2, 3});
    toServer(30, Dissector.TCP_ACK, 2_003, prefixed(query(2, NAME, A)));

    DnsReport report = scene.report(TARGET);

    assertThat(report.messages().queries()).isOne();
    assertThat(report.messages().tcpGaps()).isEqualTo(2);
  }

  private static DnsSide served(DnsReport report) {
    return report.served().orElseThrow();
  }

  private void toServer(long micros, int flags, int sequence, byte[] payload) {
    scene.packet(micros, ip(CLIENT, TARGET, TCP, tcp(4_000, 53, flags, sequence, 512, payload)));
  }

  private void toClient(long micros, int sequence, byte[] payload) {
    scene.packet(
        micros, ip(TARGET, CLIENT, TCP, tcp(53, 4_000, Dissector.TCP_ACK, sequence, 512, payload)));
  }
}
