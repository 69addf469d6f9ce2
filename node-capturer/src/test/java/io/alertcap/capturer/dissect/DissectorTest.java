package io.alertcap.capturer.dissect;

import static io.alertcap.capturer.dissect.PacketBuilder.TCP;
import static io.alertcap.capturer.dissect.PacketBuilder.UDP;
import static io.alertcap.capturer.dissect.PacketBuilder.concat;
import static io.alertcap.capturer.dissect.PacketBuilder.cooked;
import static io.alertcap.capturer.dissect.PacketBuilder.cooked2;
import static io.alertcap.capturer.dissect.PacketBuilder.ethernet;
import static io.alertcap.capturer.dissect.PacketBuilder.fragment;
import static io.alertcap.capturer.dissect.PacketBuilder.ip;
import static io.alertcap.capturer.dissect.PacketBuilder.tcp;
import static io.alertcap.capturer.dissect.PacketBuilder.udp;
import static io.alertcap.capturer.dissect.PacketBuilder.vlan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DissectorTest {

  private static final int IPV4 = 0x0800;
  private static final int IPV6 = 0x86dd;
  private static final String A = "10.1.2.3";
  private static final String B = "192.168.255.254";
  private static final byte[] PAYLOAD = {1, 2, 3, 4, 5};
  private static final byte[] DATAGRAM = ip(A, B, UDP, udp(40_000, 53, PAYLOAD));
  private static final byte[] DATAGRAM6 = ip("2001:db8::1", "fe80::2", UDP, udp(9, 53, PAYLOAD));

  private final Dissector dissector = new Dissector();

  static Stream<Arguments> linkTypes() {
    return Stream.of(
        Arguments.of(LinkType.EN10MB, ethernet(IPV4, DATAGRAM), 14),
        Arguments.of(LinkType.EN10MB, ethernet(0x8100, vlan(7, IPV4, DATAGRAM)), 18),
        Arguments.of(
            LinkType.EN10MB, ethernet(0x88a8, vlan(7, 0x8100, vlan(8, IPV4, DATAGRAM))), 22),
        Arguments.of(LinkType.LINUX_SLL, cooked(1, 0, IPV4, DATAGRAM), 16),
        Arguments.of(LinkType.LINUX_SLL, cooked(1, 4, 0x8100, vlan(7, IPV4, DATAGRAM)), 20),
        Arguments.of(LinkType.LINUX_SLL2, cooked2(3, 1, 0, IPV4, DATAGRAM), 20),
        Arguments.of(LinkType.RAW, DATAGRAM, 0),
        Arguments.of(LinkType.IPV4, DATAGRAM, 0),
        Arguments.of(LinkType.LOOP, concat(new byte[] {0, 0, 0, 2}, DATAGRAM), 4),
        Arguments.of(LinkType.NULL, concat(new byte[] {0, 0, 0, 2}, DATAGRAM), 4),
        Arguments.of(LinkType.NULL, concat(new byte[] {2, 0, 0, 0}, DATAGRAM), 4));
  }

  @ParameterizedTest
  @MethodSource("linkTypes")
  void findsTheDatagramBehindEveryLinkHeader(LinkType type, byte[] packet, int linkBytes) {
    dissect(type, packet);

    assertThat(dissector.family()).isEqualTo(4);
    assertThat(dissector.isUdp()).isTrue();
    assertThat(source()).hasToString(A);
    assertThat(destination()).hasToString(B);
    assertThat(dissector.sourcePort()).isEqualTo(40_000);
    assertThat(dissector.destinationPort()).isEqualTo(53);
    assertThat(dissector.headerBytes()).isEqualTo(linkBytes + 28);
    assertThat(payload()).isEqualTo(PAYLOAD);
    assertThat(dissector.isTruncated()).isFalse();
    assertThat(dissector.isMalformed()).isFalse();
  }

  @Test
  void readsIpv6BehindEveryLinkHeader() {
    byte[] family = {0, 0, 0, 10};
    assertThat(dissect(LinkType.EN10MB, ethernet(IPV6, DATAGRAM6)).headerBytes()).isEqualTo(62);
    assertThat(dissect(LinkType.IPV6, DATAGRAM6).headerBytes()).isEqualTo(48);
    assertThat(dissect(LinkType.NULL, concat(family, DATAGRAM6)).headerBytes()).isEqualTo(52);
    assertThat(dissect(LinkType.RAW, DATAGRAM6).headerBytes()).isEqualTo(48);
    assertThat(dissector.family()).isEqualTo(6);
    assertThat(source()).hasToString("2001:db8::1");
    assertThat(destination()).hasToString("fe80::2");
    assertThat(payload()).isEqualTo(PAYLOAD);
  }

  @Test
  void skipsExtensionHeaders() {
    byte[] hopByHop = {60, 0, 1, 4, 0, 0, 0, 0};
    byte[] options = {44, 1, 1, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    byte[] firstFragment = {17, 0, 0, 1, 0, 0, 0, 9};
    byte[] chain = concat(hopByHop, options, firstFragment, udp(9, 53, PAYLOAD));

    dissect(LinkType.RAW, ip("::1", "::2", 0, chain));

    assertThat(dissector.isUdp()).isTrue();
    assertThat(dissector.isFragment()).isTrue();
    assertThat(dissector.isLaterFragment()).isFalse();
    assertThat(payload()).isEqualTo(PAYLOAD);
  }

  @Test
  void doesNotTakeALaterFragmentForATransportHeader() {
    dissect(LinkType.RAW, fragment(A, B, UDP, 0x2001, udp(1, 2, PAYLOAD)));

    assertThat(dissector.isLaterFragment()).isTrue();
    assertThat(dissector.isUdp()).isFalse();
    assertThat(dissector.headerBytes()).isEqualTo(20);

    byte[] later = {17, 0, 0, 9, 0, 0, 0, 9};
    dissect(LinkType.RAW, ip("::1", "::2", 44, concat(later, udp(1, 2, PAYLOAD))));

    assertThat(dissector.isLaterFragment()).isTrue();
    assertThat(dissector.protocol()).isEqualTo(UDP);
    assertThat(dissector.headerBytes()).isEqualTo(48);
  }

  @Test
  void givesUpOnAnEndlessChainOfExtensionHeaders() {
    byte[] chain = new byte[800];
    dissect(LinkType.RAW, ip("::1", "::2", 0, chain));

    assertThat(dissector.isMalformed()).isTrue();
    assertThat(dissector.isUdp()).isFalse();
  }

  @Test
  void readsTcpAndItsOptions() {
    byte[] segment = tcp(53, 4711, Dissector.TCP_SYN | Dissector.TCP_ACK, -2, 512, new byte[9]);
    segment[12] = 0x60;
    dissect(LinkType.RAW, ip(A, B, TCP, segment));

    assertThat(dissector.isTcp()).isTrue();
    assertThat(dissector.tcpFlags()).isEqualTo(0x12);
    assertThat(dissector.tcpSequence()).isEqualTo(-2);
    assertThat(dissector.tcpAcknowledgment()).isEqualTo(7);
    assertThat(dissector.tcpWindow()).isEqualTo(512);
    assertThat(dissector.headerBytes()).isEqualTo(44);
    assertThat(dissector.payloadLength()).isEqualTo(5);
  }

  @Test
  void cutsIcmpAfterEightBytesAndArpNowhere() {
    assertThat(dissect(LinkType.RAW, ip(A, B, 1, new byte[64])).headerBytes()).isEqualTo(28);
    assertThat(dissector.isIcmp()).isTrue();
    assertThat(dissect(LinkType.RAW, ip("::1", "::2", 58, new byte[64])).headerBytes())
        .isEqualTo(48);

    byte[] arp = HexFormat.of().parseHex("0001080006040001" + "00".repeat(38));
    assertThat(dissect(LinkType.EN10MB, ethernet(0x0806, arp)).headerBytes()).isEqualTo(42);
    assertThat(dissector.family()).isZero();
  }

  @Test
  void leavesThePaddingOfTheLinkOutOfThePayload() {
    dissect(LinkType.EN10MB, ethernet(IPV4, concat(DATAGRAM, new byte[13])));

    assertThat(payload()).isEqualTo(PAYLOAD);
    assertThat(dissector.isMalformed()).isFalse();
  }

  @Test
  void takesALengthOfZeroForAPacketLeftToTheCardToSegment() {
    byte[] packet = DATAGRAM.clone();
    packet[3] = 0;

    assertThat(dissect(LinkType.RAW, packet).payloadLength()).isEqualTo(5);
    assertThat(dissector.isMalformed()).isFalse();
  }

  @Test
  void saysWhatTheSnapshotLengthCutOff() {
    dissector.dissect(LinkType.RAW, DATAGRAM, 0, 30, DATAGRAM.length);
    assertThat(dissector.isUdp()).isTrue();
    assertThat(dissector.payloadLength()).isEqualTo(2);
    assertThat(dissector.originalPayloadLength()).isEqualTo(5);
    assertThat(dissector.isTruncated()).isTrue();
    assertThat(dissector.isMalformed()).isFalse();

    dissector.dissect(LinkType.RAW, DATAGRAM, 0, 27, DATAGRAM.length);
    assertThat(dissector.isUdp()).isFalse();
    assertThat(dissector.headerBytes()).isEqualTo(27);
    assertThat(dissector.isTruncated()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0:64", "0:41", "3:ff", "25:03", "25:ff"})
  void reportsLengthsThatLie(String change) {
    String[] parts = change.split(":", 2);
    byte[] packet = DATAGRAM.clone();
    packet[Integer.parseInt(parts[0])] = (byte) Integer.parseInt(parts[1], 16);
    dissect(LinkType.RAW, packet);

    boolean liesOfUdpBeyondIp = change.equals("25:ff");
    assertThat(dissector.isMalformed()).isEqualTo(!liesOfUdpBeyondIp);
    assertThat(dissector.isUdp() && dissector.payloadLength() > 5).isFalse();
  }

  @Test
  void knowsTheTwoSightsOfALoopbackPacket() {
    assertThat(dissect(LinkType.LINUX_SLL2, cooked2(1, 772, 4, IPV4, DATAGRAM)).isLoopbackEcho())
        .isTrue();
    assertThat(dissector.interfaceIndex()).isOne();
    assertThat(dissect(LinkType.LINUX_SLL2, cooked2(1, 772, 0, IPV4, DATAGRAM)).isLoopbackEcho())
        .isFalse();
    assertThat(dissect(LinkType.LINUX_SLL, cooked(1, 4, IPV4, DATAGRAM)).isLoopbackEcho())
        .isFalse();
  }

  @Test
  void refusesASliceThatTheArrayDoesNotHold() {
    assertThatThrownBy(() -> dissector.dissect(LinkType.RAW, new byte[10], 5, 6, 6))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void remembersNothingOfThePacketBefore() {
    dissect(LinkType.RAW, DATAGRAM);
    dissect(LinkType.RAW, new byte[0]);

    assertThat(dissector.family()).isZero();
    assertThat(dissector.isUdp()).isFalse();
    assertThat(dissector.sourcePort()).isZero();
    assertThat(dissector.headerBytes()).isZero();
    assertThat(dissector.payloadLength()).isZero();
  }

  /** Every cut of every packet, and 400,000 packets with some bits flipped, of every link type. */
  @Test
  void staysWithinAnyBytes() {
    byte[] chain =
        concat(new byte[] {44, 0, 1, 4, 0, 0, 0, 0}, new byte[] {6, 0, 0, 1, 0, 0, 0, 9});
    byte[][] seeds = {
      ethernet(IPV4, DATAGRAM),
      ethernet(0x88a8, vlan(7, 0x8100, vlan(8, IPV6, DATAGRAM6))),
      cooked(1, 4, IPV4, ip(A, B, TCP, tcp(1, 2, 2, 3, 4, PAYLOAD))),
      cooked2(3, 1, 0, IPV6, ip("::1", "::2", 0, concat(chain, tcp(1, 2, 2, 3, 4, PAYLOAD)))),
      DATAGRAM,
      DATAGRAM6,
      ip(A, B, 1, new byte[32]),
      ethernet(0x0806, new byte[46])
    };
    Random random = new Random(20261123);
    for (LinkType type : LinkType.values()) {
      for (byte[] seed : seeds) {
        for (int length = 0; length <= seed.length; length++) {
          checkBounds(type, Arrays.copyOf(seed, length), seed.length);
        }
        for (int i = 0; i < 6_000; i++) {
          checkBounds(type, flipped(seed, random), random.nextInt(200));
        }
      }
    }
  }

  private static byte[] flipped(byte[] seed, Random random) {
    byte[] packet = Arrays.copyOf(seed, random.nextInt(seed.length + 1));
    for (int flips = random.nextInt(12); flips > 0 && packet.length > 0; flips--) {
      packet[random.nextInt(packet.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return packet;
  }

  private void checkBounds(LinkType type, byte[] packet, int original) {
    dissector.dissect(type, packet, 0, packet.length, original);

    assertThat(dissector.headerBytes()).isBetween(0, packet.length);
    assertThat(dissector.payloadLength()).isBetween(0, packet.length - dissector.headerBytes());
    assertThat(dissector.originalPayloadLength())
        .isBetween(dissector.payloadLength(), Math.max(original, packet.length));
  }

  private Dissector dissect(LinkType type, byte[] packet) {
    byte[] within = concat(new byte[] {99, 99, 99}, packet, new byte[] {99, 99, 99, 99});
    return dissector.dissect(type, within, 3, packet.length, packet.length);
  }

  private byte[] payload() {
    int from = dissector.payloadOffset();
    return Arrays.copyOfRange(dissector.data(), from, from + dissector.payloadLength());
  }

  private IpAddress source() {
    return new IpAddress(dissector.sourceHigh(), dissector.sourceLow());
  }

  private IpAddress destination() {
    return new IpAddress(dissector.destinationHigh(), dissector.destinationLow());
  }
}
