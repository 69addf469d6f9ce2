package io.alertcap.capturer.dns;

import static io.alertcap.capturer.dissect.PacketBuilder.UDP;
import static io.alertcap.capturer.dissect.PacketBuilder.ip;
import static io.alertcap.capturer.dissect.PacketBuilder.udp;

import io.alertcap.capturer.dissect.Dissector;
import io.alertcap.capturer.dissect.IpAddress;
import io.alertcap.capturer.dissect.LinkType;
import io.alertcap.schemas.DnsReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Packets of a made-up capture, each at its microsecond after the beginning. */
final class Scene {

  static final String TARGET = "10.0.0.53";
  static final String CLIENT = "10.0.0.9";
  static final String UPSTREAM = "192.0.2.1";
  private static final long BEGIN_NANOS = 1_795_000_000_000_000_000L;

  private final List<Packet> packets = new ArrayList<>();
  private VerdictThresholds thresholds = VerdictThresholds.DEFAULTS;
  private int nextId = 1;

  Scene thresholds(VerdictThresholds changed) {
    thresholds = changed;
    return this;
  }

  Scene packet(long micros, byte[] ipPacket) {
    packets.add(new Packet(micros, ipPacket));
    return this;
  }

  Scene datagram(long micros, String from, int fromPort, String to, int toPort, byte[] message) {
    return packet(micros, ip(from, to, UDP, udp(fromPort, toPort, message)));
  }

  Scene query(long micros, String client, int port, String server, byte[] message) {
    return datagram(micros, client, port, server, 53, message);
  }

  Scene answer(long micros, String server, String client, int port, byte[] message) {
    return datagram(micros, server, 53, client, port, message);
  }

  /** A question and its answer, from a socket of their own. */
  Scene ask(long micros, String client, String server, String name, int flags, long latency) {
    int id = nextId++ & 0xffff;
    int port = 1_024 + id % 60_000;
    query(micros, client, port, server, DnsBytes.query(id, name, DnsBytes.A));
    byte[] response = DnsBytes.response(id, name, DnsBytes.A, flags);
    return answer(micros + latency, server, client, port, response);
  }

  /** A question without an answer. */
  Scene askInVain(long micros, String client, String server, String name) {
    int id = nextId++ & 0xffff;
    return query(micros, client, 1_024 + id, server, DnsBytes.query(id, name, DnsBytes.A));
  }

  /** {@code count} questions, one each millisecond, answered within 1 ms. */
  Scene fast(int count, String client, String server) {
    for (int i = 0; i < count; i++) {
      ask(i * 1_000L, client, server, "fast" + i + ".example", 0, 700);
    }
    return this;
  }

  /** What the analysis says if the capture ends so many microseconds after its last packet. */
  DnsReport reportAfter(long micros, String... target) {
    return run(Optional.empty(), micros, target);
  }

  DnsReport report(String... target) {
    return reportAfter(0, target);
  }

  DnsReport reportWith(Transcript transcript) {
    return run(Optional.of(transcript), 0);
  }

  List<String> transcript(String... target) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    try (Transcript transcript = new Transcript(lines)) {
      run(Optional.of(transcript), 0, target);
    }
    return lines.toString(StandardCharsets.US_ASCII).lines().toList();
  }

  /** The packets as a pcap file of nanosecond resolution, link type RAW. */
  Path write(Path file) throws IOException {
    ByteBuffer out =
        ByteBuffer.allocate(24 + packets.stream().mapToInt(each -> 16 + each.bytes.length).sum())
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(0xa1b23c4d)
            .putShort((short) 2)
            .putShort((short) 4)
            .putLong(0)
            .putInt(262_144)
            .putInt(101);
    for (Packet each : inOrder()) {
      long nanos = BEGIN_NANOS + each.micros * 1_000;
      out.putInt((int) (nanos / 1_000_000_000)).putInt((int) (nanos % 1_000_000_000));
      out.putInt(each.bytes.length).putInt(each.bytes.length).put(each.bytes);
    }
    return Files.write(file, out.array());
  }

  private DnsReport run(Optional<Transcript> transcript, long restMicros, String... target) {
    Set<IpAddress> addresses =
        Stream.of(target)
            .map(each -> IpAddress.parse(each).orElseThrow())
            .collect(Collectors.toSet());
    DnsAnalysis analysis = new DnsAnalysis(addresses, Set.of(), thresholds, transcript);
    Dissector dissector = new Dissector();
    long last = 0;
    for (Packet each : inOrder()) {
      byte[] bytes = each.bytes;
      dissector.dissect(LinkType.RAW, bytes, 0, bytes.length, bytes.length);
      last = each.micros;
      analysis.packet(dissector, BEGIN_NANOS + last * 1_000);
    }
    return analysis.finish(BEGIN_NANOS + (last + restMicros) * 1_000);
  }

  private List<Packet> inOrder() {
    return packets.stream().sorted(Comparator.comparingLong((Packet each) -> each.micros)).toList();
  }

  private static final class Packet {

    private final long micros;
    private final byte[] bytes;

    Packet(long micros, byte[] bytes) {
      this.micros = micros;
      this.bytes = bytes;
    }
  }
}
