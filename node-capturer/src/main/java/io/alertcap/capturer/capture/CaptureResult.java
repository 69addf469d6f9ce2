package io.alertcap.capturer.capture;

import java.time.Instant;
import java.util.Optional;

/**
 * What was captured. The file is complete and closed; counting it says how much is in it.
 *
 * @param fileBytes size of the file
 * @param packets packets in the file
 * @param firstPacketAt kernel time stamp of the first of them
 * @param counters of the kernel, up to the end of the capture
 * @param lost packets that passed the filter, were not dropped, and are not in the file: received
 *     is the sum of packets, dropped and lost
 * @param linkType libpcap's name, such as {@code EN10MB}
 * @param filterActiveAt wall-clock time from which on packets were kept
 * @param closedAt wall-clock time up to which the file has every packet that was neither dropped
 *     nor lost
 */
public record CaptureResult(
    CaptureEnd end,
    long fileBytes,
    long packets,
    Optional<Instant> firstPacketAt,
    Optional<Instant> lastPacketAt,
    PacketCounters counters,
    long lost,
    String linkType,
    Instant filterActiveAt,
    Instant closedAt) {

  /**
   * Adds up what the kernel counted and what is in the file.
   *
   * @param stoppedAt when the reason to end was given
   */
  static CaptureResult of(
      CaptureEnd end, PcapScan file, PacketCounters counted, PacketTap tap, Instant stoppedAt) {
    long kept = file.packets() + counted.dropped();
    // what came after a limit of the file was counted as well, and is none of the capture's
    long received = end.isLimitOfTheFile() ? kept : Math.max(kept, counted.received());
    Instant closedAt = end.takesWhatTheKernelHolds() ? stoppedAt : lastPacket(file, tap, stoppedAt);
    return new CaptureResult(
        end,
        file.fileBytes(),
        file.packets(),
        file.firstPacketAt(),
        file.lastPacketAt(),
        new PacketCounters(received, counted.dropped(), counted.droppedByInterface()),
        received - kept,
        tap.linkType(),
        tap.filterActiveAt(),
        closedAt);
  }

  /** Where writing ended before the capture did, the file is whole up to its last packet. */
  private static Instant lastPacket(PcapScan file, PacketTap tap, Instant stoppedAt) {
    return file.lastPacketAt()
        .filter(at -> at.isAfter(tap.filterActiveAt()))
        .map(at -> at.isBefore(stoppedAt) ? at : stoppedAt)
        .orElse(tap.filterActiveAt());
  }
}
