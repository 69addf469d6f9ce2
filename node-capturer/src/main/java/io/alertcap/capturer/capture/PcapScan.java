package io.alertcap.capturer.capture;

import java.time.Instant;
import java.util.Optional;

/**
 * What a pcap file holds.
 *
 * @param fileBytes size of the file
 * @param validBytes length of its longest prefix that is a pcap file: shorter than the file where
 *     the last packet is incomplete, 0 where not even the file's header is whole
 * @param packets complete packets
 * @param firstPacketAt time stamp of the first packet in the file
 * @param lastPacketAt time stamp of the last
 */
public record PcapScan(
    long fileBytes,
    long validBytes,
    long packets,
    Optional<Instant> firstPacketAt,
    Optional<Instant> lastPacketAt) {

  /** Whether every byte belongs to the header or a complete packet. */
  public boolean isWhole() {
    return fileBytes > 0 && validBytes == fileBytes;
  }
}
