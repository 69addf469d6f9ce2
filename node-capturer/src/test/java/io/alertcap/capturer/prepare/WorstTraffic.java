package io.alertcap.capturer.prepare;

import static io.alertcap.capturer.dissect.PacketBuilder.TCP;
import static io.alertcap.capturer.dissect.PacketBuilder.UDP;
import static io.alertcap.capturer.dissect.PacketBuilder.fragment;
import static io.alertcap.capturer.dissect.PacketBuilder.ip;
import static io.alertcap.capturer.dissect.PacketBuilder.tcp;
import static io.alertcap.capturer.dissect.PacketBuilder.udp;

import io.alertcap.capturer.dissect.Dissector;
import io.alertcap.capturer.dns.DnsBytes;
import io.alertcap.capturer.enrich.PayloadPolicy;
import io.alertcap.capturer.fixture.Requests;
import io.alertcap.capturer.meter.CapturerMeters;
import io.alertcap.capturer.spool.Spool;
import io.alertcap.capturer.spool.SpoolSettings;
import io.alertcap.capturer.spool.SpooledCapture;
import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureResult;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * A pass over traffic that fills every table to its bound at the same time: names as long as there
 * are, each of them asked once, by a client of its own, and never answered; and among them NXDOMAIN
 * for as long names, connections that never open, streams that break off, and fragments. A program,
 * to be started as the capturer is. Arguments: a directory for the spool, and how many names.
 */
final class WorstTraffic {

  private static final String SERVER = "10.0.0.53";
  private static final String LONG_LABELS =
      ".%s.%s.%s".formatted("b".repeat(63), "c".repeat(63), "d".repeat(61));
  private static final byte[] NOTHING = {};
  private static final int NXDOMAIN = 3;
  private static final int NXDOMAIN_CLIENTS = 1_500;
  private static final int MORE_FRAGMENTS = 0x2000;
  private static final int RAW = 101;
  private static final int FIRST_SECOND = 1_795_000_000;
  private static final int MICROS_BETWEEN = 10;
  private static final int MICROS = 1_000_000;

  /** What the rest of a busy capturer keeps in the same heap, and more. */
  private static final int SERVICE_BYTES = 16 << 20;

  private final OutputStream out;
  private final ByteBuffer header = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
  private long packets;

  private WorstTraffic(OutputStream out) {
    this.out = out;
  }

  public static void main(String[] arguments) throws IOException {
    byte[] service = new byte[SERVICE_BYTES];
    try (Spool spool = Spool.open(SpoolSettings.in(Path.of(arguments[0])), Clock.systemUTC())) {
      CaptureRequest request = Requests.forContainer("worst");
      Optional<SpooledCapture> before = spool.find(request.id());
      SpooledCapture capture =
          before.isPresent()
              ? before.get()
              : captured(spool, request, Integer.parseInt(arguments[1]));
      Preparation outcome = preparation().prepare(capture);
      System.out.println(outcome.getClass().getSimpleName());
    } finally {
      Reference.reachabilityFence(service);
    }
  }

  private static UploadPreparation preparation() {
    return new UploadPreparation(
        PreparationSettings.STANDARD,
        PayloadPolicy.EVERYTHING,
        Optional.empty(),
        Optional::empty,
        new CapturerMeters(new SimpleMeterRegistry()),
        "1.2.3");
  }

  private static SpooledCapture captured(Spool spool, CaptureRequest request, int names)
      throws IOException {
    SpooledCapture capture = spool.accept(request);
    long packets;
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(capture.file()))) {
      WorstTraffic traffic = new WorstTraffic(file);
      traffic.write(names);
      packets = traffic.packets;
    }
    Instant now = Instant.now();
    capture.record(new CaptureEvent.Started(request, now, "eth0", "RAW", now));
    CaptureResult result =
        new CaptureResult(
            CaptureEnd.DURATION,
            "eth0",
            "RAW",
            packets,
            Files.size(capture.file()),
            Optional.empty(),
            now,
            now);
    capture.record(new CaptureEvent.Captured(request, now, result));
    return capture;
  }

  private void write(int names) throws IOException {
    header.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putLong(0).putInt(262_144);
    out.write(header.putInt(RAW).array(), 0, header.position());
    for (int i = 0; i < names; i++) {
      int port = 1_024 + i % 60_000;
      String client = "10.%d.%d.%d".formatted(1 + (i >> 16), (i >> 8) & 0xff, i & 0xff);
      packet(ip(client, SERVER, UDP, udp(port, 53, query(i))));
      switch (i % 4) {
        case 0 -> missing(i, port);
        case 1 -> packet(ip(client, SERVER, TCP, tcp(port, 443, Dissector.TCP_SYN, i, 1, NOTHING)));
        case 2 -> brokenStream(client, port, i);
        default -> fragments(client, port, i);
      }
    }
  }

  private void missing(int number, int port) throws IOException {
    int client = number / 4 % NXDOMAIN_CLIENTS;
    String address = "172.16.%d.%d".formatted(client >> 8, client & 0xff);
    packet(ip(address, SERVER, UDP, udp(port, 53, query(number))));
    byte[] answer = DnsBytes.response(number & 0xffff, name(number), DnsBytes.A, NXDOMAIN);
    packet(ip(SERVER, address, UDP, udp(53, port, answer)));
  }

  /** A stream that breaks off within a message. */
  private void brokenStream(String client, int port, int number) throws IOException {
    byte[] half = new byte[1_400];
    half[0] = (byte) ((2 * half.length) >> 8);
    packet(ip(client, SERVER, TCP, tcp(port, 53, Dissector.TCP_SYN, number, 1, NOTHING)));
    packet(ip(client, SERVER, TCP, tcp(port, 53, Dissector.TCP_ACK, number + 1, 1, half)));
  }

  private void fragments(String client, int port, int number) throws IOException {
    packet(fragment(client, SERVER, UDP, MORE_FRAGMENTS, udp(port, 53, query(number))));
    packet(fragment(client, SERVER, UDP, 100, query(number)));
  }

  private static byte[] query(int number) {
    return DnsBytes.query(number & 0xffff, name(number), DnsBytes.A);
  }

  private static String name(int number) {
    return "%063d".formatted(number) + LONG_LABELS;
  }

  private void packet(byte[] bytes) throws IOException {
    long micros = packets++ * MICROS_BETWEEN;
    header.clear().putInt(FIRST_SECOND + (int) (micros / MICROS)).putInt((int) (micros % MICROS));
    header.putInt(bytes.length).putInt(bytes.length);
    out.write(header.array(), 0, header.position());
    out.write(bytes);
  }
}
