package io.alertcap.capturer.capture;

import java.time.Instant;
import java.util.Optional;

/**
 * What was captured. The file is complete and closed; counting it says how much is in it.
 *
 * @param fileBytes size of the file
 * @param packets packets in the file
 * @param firstPacketAt kernel time stamp of the first of them
 * @param linkType libpcap's name, such as {@code EN10MB}
 * @param filterActiveAt wall-clock time from which on packets were kept
 * @param closedAt wall-clock time at which the file was complete
 */
public record CaptureResult(
    CaptureEnd end,
    long fileBytes,
    long packets,
    Optional<Instant> firstPacketAt,
    Optional<Instant> lastPacketAt,
    PacketCounters counters,
    String linkType,
    Instant filterActiveAt,
    Instant closedAt) {}
