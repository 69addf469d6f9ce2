package io.alertcap.capturer.analyze;

import io.alertcap.capturer.dissect.Dissector;
import io.alertcap.capturer.dissect.LinkType;
import io.alertcap.capturer.dns.DnsAnalysis;
import io.alertcap.capturer.enrich.file.CaptureFileReader;
import io.alertcap.capturer.enrich.file.Compression;
import io.alertcap.capturer.enrich.file.Packet;
import io.alertcap.capturer.tcp.TcpFacts;
import io.alertcap.schemas.DnsReport;
import io.alertcap.schemas.TcpReport;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * What a file shows.
 *
 * @param file its path, as it was given
 * @param packets in the file, or in the part of it that could be read
 * @param unreadable those of link layers that cannot be read
 * @param firstPacketAt absent without packets
 * @param lastPacketAt absent without packets
 * @param ending a sentence on how whole the file is
 */
record FileReport(
    String file,
    long packets,
    long unreadable,
    Optional<Instant> firstPacketAt,
    Optional<Instant> lastPacketAt,
    String ending,
    DnsReport dns,
    TcpReport tcp) {

  /**
   * Reads a pcap or pcapng file, compressed or not.
   *
   * @throws IOException if it is none, or cannot be read
   */
  static FileReport of(Path file, DnsAnalysis dns) throws IOException {
    try (CaptureFileReader reader =
        CaptureFileReader.open(Compression.undo(Files.newInputStream(file)))) {
      return new Reading(dns).of(file, reader);
    }
  }

  private static final class Reading {

    private final DnsAnalysis dns;
    private final TcpFacts tcp = new TcpFacts();
    private final Dissector dissector = new Dissector();
    private long packets;
    private long unreadable;
    private long firstNanos;
    private long lastNanos;

    Reading(DnsAnalysis dns) {
      this.dns = dns;
    }

    FileReport of(Path file, CaptureFileReader reader) throws IOException {
      String ending = readAll(reader);
      return new FileReport(
          file.toString(),
          packets,
          unreadable,
          time(firstNanos),
          time(lastNanos),
          ending,
          dns.finish(),
          tcp.finish());
    }

    private String readAll(CaptureFileReader reader) throws IOException {
      try {
        while (reader.next()) {
          look(reader.packet());
        }
        return reader.ending().toString();
      } catch (EOFException compressedPart) {
        return "The compressed file is cut short.";
      }
    }

    private void look(Packet packet) {
      firstNanos = packets == 0 ? packet.epochNanos() : firstNanos;
      lastNanos = packet.epochNanos();
      packets++;
      Optional<LinkType> linkType = packet.networkInterface().linkType();
      if (linkType.isEmpty()) {
        unreadable++;
        return;
      }
      int original = (int) Math.min(packet.originalLength(), Integer.MAX_VALUE);
      dissector.dissect(
          linkType.get(), packet.data(), packet.offset(), packet.capturedLength(), original);
      dns.packet(dissector, packet.epochNanos());
      tcp.packet(dissector, packet.epochNanos());
    }

    private Optional<Instant> time(long nanos) {
      return packets == 0 ? Optional.empty() : Optional.of(Instant.EPOCH.plusNanos(nanos));
    }
  }
}
