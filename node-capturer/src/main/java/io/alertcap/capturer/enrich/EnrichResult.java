package io.alertcap.capturer.enrich;

import io.alertcap.capturer.enrich.file.Compression;
import io.alertcap.capturer.enrich.file.FileEnding;
import io.alertcap.capturer.enrich.file.FileFormat;
import io.alertcap.schemas.PayloadProfile;
import io.alertcap.schemas.Peer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The file that a pass made, and what it learned on the way.
 *
 * @param file on disk, complete
 * @param bytes size of the file
 * @param sha256 of the file, hexadecimal
 * @param packets in the file
 * @param firstPacketAt time of the first packet in the file, which need not be the earliest
 * @param lastPacketAt time of the last
 * @param linkType libpcap's name of it
 * @param payload what was kept of each packet
 * @param peers the addresses with the most packets, the target's own left out; most first
 * @param ending whether the plain file was read to its end
 * @param warnings sentences: names that were not to be had, observers that stopped
 */
public record EnrichResult(
    Path file,
    FileFormat format,
    Compression compression,
    long bytes,
    String sha256,
    long packets,
    Optional<Instant> firstPacketAt,
    Optional<Instant> lastPacketAt,
    String linkType,
    PayloadProfile payload,
    List<Peer> peers,
    FileEnding ending,
    List<String> warnings) {

  public EnrichResult {
    peers = List.copyOf(peers);
    warnings = List.copyOf(warnings);
  }
}
