package io.alertcap.capturer.tcp;

import static io.alertcap.capturer.dissect.PacketBuilder.TCP;
import static io.alertcap.capturer.dissect.PacketBuilder.ip;
import static io.alertcap.capturer.dissect.PacketBuilder.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertcap.capturer.dissect.Dissector;
import io.alertcap.capturer.dissect.LinkType;
import io.alertcap.schemas.TcpReport;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TcpFactsTest {

  private static final String CLIENT = "10.0.0.9";
  private static final String SERVER = "10.0.0.1";
  private static final int SYN = Dissector.TCP_SYN;
  private static final int ACK = Dissector.TCP_ACK;
  private static final int RST = Dissector.TCP_RST;
  private static final int FIN = Dissector.TCP_FIN;

  private final TcpFacts facts = new TcpFacts();
  private final Dissector dissector = new Dissector();

  @Test
  void measuresFromTheFirstSynToTheSynAck() {
    toServer(0, SYN, 99, 0);
    toServer(1_000_000, SYN, 99, 0);
    toClient(1_250_000, SYN | ACK, 499, 100);
    toClient(1_300_000, SYN | ACK, 499, 100);

    TcpReport report = facts.finish();

    assertThat(report.flows()).isOne();
    assertThat(report.opened()).isOne();
    assertThat(report.unopened()).isZero();
    assertThat(report.synRetransmissions()).isEqualTo(2);
    assertThat(report.handshake().orElseThrow().maxMicros()).isEqualTo(1_250_000);
  }

  @Test
  void tellsRefusedFromUnanswered() {
    toServer(0, SYN, 99, 0);
    toClient(10, RST | ACK, 0, 100);
    packet(20, CLIENT, 5_000, SERVER, 81, SYN, 7, 0, 512, 0);

    TcpReport report = facts.finish();

    assertThat(report.refused()).isOne();
    assertThat(report.unopened()).isEqualTo(2);
    assertThat(report.resets()).isOne();
    assertThat(report.opened()).isZero();
    assertThat(report.handshake()).isEmpty();
  }

  @Test
  void takesASecondSynWithAnotherNumberForAnotherConnection() {
    toServer(0, SYN, 99, 0);
    toClient(10, SYN | ACK, 499, 100);
    toServer(1_000, FIN | ACK, 100, 500);
    toServer(9_000_000, SYN, 70_099, 0);
    toClient(9_000_020, SYN | ACK, 90_499, 70_100);

    assertThat(facts.finish().opened()).isEqualTo(2);
    assertThat(facts.finish().retransmissions()).isZero();
    assertThat(facts.finish().outOfOrder()).isZero();
  }

  @Test
  void countsWhatIsSentAgainAndNotWhatIsLate() {
    data(0, -50, 100);
    data(10_000, 50, 100);
    data(300_000, 50, 100);
    data(310_000, 50, 100);
    data(400_000, 250, 100);
    data(401_000, 150, 100);

    assertThat(facts.finish().retransmissions()).isEqualTo(2);
    assertThat(facts.finish().outOfOrder()).isOne();
  }

  @Test
  void countsWhatWasLostBeforeTheCaptureAndSentAgain() {
    data(0, 100, 100);
    data(1_000, 300, 100);
    data(300_000, 200, 100);

    assertThat(facts.finish().retransmissions()).isOne();
    assertThat(facts.finish().outOfOrder()).isZero();
  }

  @Test
  void doesNotTakeAKeepAliveForARetransmission() {
    data(0, 100, 100);
    data(60_000_000, 199, 0);
    data(120_000_000, 199, 1);

    assertThat(facts.finish().retransmissions()).isZero();
  }

  @Test
  void countsZeroWindowsButNotThoseOfTheEnd() {
    packet(0, CLIENT, 4_000, SERVER, 80, ACK, 1, 1, 0, 0);
    packet(1, CLIENT, 4_000, SERVER, 80, FIN | ACK, 1, 1, 0, 0);
    packet(2, CLIENT, 4_000, SERVER, 80, RST, 1, 1, 0, 0);

    assertThat(facts.finish().zeroWindows()).isOne();
  }

  @Test
  void letsGoOfTheConnectionsThatAreLongestSilent() {
    for (int i = 0; i < TcpFacts.MOST_FLOWS + 100; i++) {
      packet(i, CLIENT, 1_024 + i, SERVER, 80, SYN, 1, 0, 512, 0);
    }

    assertThat(facts.finish().forgotten()).isEqualTo(100);
    assertThat(facts.finish().unopened()).isEqualTo(TcpFacts.MOST_FLOWS + 100);
    assertThat(facts.finish().flows()).isEqualTo(TcpFacts.MOST_FLOWS + 100);
  }

  @Test
  void takesAnyBytes() {
    Random random = new Random(20261123);
    byte[] seed = ip(CLIENT, SERVER, TCP, tcp(4_000, 80, ACK, 5, 5, new byte[10]));
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = seed.clone();
      for (int flips = random.nextInt(5); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      facts.packet(dissector.dissect(LinkType.RAW, bytes, 0, bytes.length, 50), random.nextLong());
    }

    assertThat(facts.finish().segments()).isPositive();
  }

  private void data(long micros, int sequence, int length) {
    packet(micros, CLIENT, 4_000, SERVER, 80, ACK, sequence, 1, 512, length);
  }

  private void toServer(long micros, int flags, int sequence, int acknowledgment) {
    packet(micros, CLIENT, 4_000, SERVER, 80, flags, sequence, acknowledgment, 512, 0);
  }

  private void toClient(long micros, int flags, int sequence, int acknowledgment) {
    packet(micros, SERVER, 80, CLIENT, 4_000, flags, sequence, acknowledgment, 512, 0);
  }

  private void packet(
      long micros,
      String from,
      int fromPort,
      String to,
      int toPort,
      int flags,
      int sequence,
      int acknowledgment,
      int window,
      int length) {
    byte[] segment = tcp(fromPort, toPort, flags, sequence, window, new byte[length]);
    ByteBuffer.wrap(segment).putInt(8, acknowledgment);
    byte[] bytes = ip(from, to, TCP, segment);
    facts.packet(
        dissector.dissect(LinkType.RAW, bytes, 0, bytes.length, bytes.length), micros * 1_000);
  }
}
