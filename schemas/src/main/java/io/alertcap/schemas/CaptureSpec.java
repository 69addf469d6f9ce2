package io.alertcap.schemas;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What to capture, and when to stop; whichever limit is reached first ends the capture.
 *
 * @param filter in libpcap's syntax (pcap-filter(7)); empty for every packet
 * @param networkInterface a name, several separated by commas, {@code any}, or {@code auto}: the
 *     one that is up and no loopback
 * @param duration longest time, in whole milliseconds; what is finer is cut off
 * @param maxBytes largest file
 * @param maxPackets most packets; 0 for no such limit
 * @param snaplen bytes kept of each packet
 * @param direction both if absent
 * @param buffer of the kernel, for packets that were not written yet; as the node has it if absent
 * @param payload how much of each packet leaves the node, at most; the node may be stricter, and
 *     decides alone if absent
 */
public record CaptureSpec(
    String filter,
    @JsonProperty("interface") String networkInterface,
    Duration duration,
    DataSize maxBytes,
    long maxPackets,
    int snaplen,
    Optional<Direction> direction,
    Optional<DataSize> buffer,
    Optional<PayloadProfile> payload) {

  /** Longest filter, in characters: room for some 200 addresses. */
  public static final int MAX_FILTER_LENGTH = 4096;

  /** libpcap's own upper limit ({@code MAXIMUM_SNAPLEN}), and tcpdump's default. */
  public static final int MAX_SNAPLEN = 262_144;

  public static final Duration MIN_DURATION = Duration.ofMillis(100);
  public static final Duration MAX_DURATION = Duration.ofHours(24);
  public static final DataSize MIN_BYTES = DataSize.ofKibibytes(4);
  public static final DataSize MAX_BYTES = DataSize.ofGibibytes(1024);

  /** Holds at least one packet of any length, with what the kernel adds to it. */
  public static final DataSize MIN_BUFFER = DataSize.ofKibibytes(512);

  /** Locked memory of the kernel, for each capture. */
  public static final DataSize MAX_BUFFER = DataSize.ofMebibytes(256);

  private static final int MIN_SNAPLEN = 64;

  public CaptureSpec {
    Constraints.atMost(filter, MAX_FILTER_LENGTH, "filter");
    Constraints.networkInterfaces(networkInterface, "interface");
    Constraints.within(duration, MIN_DURATION, MAX_DURATION, "duration");
    duration = duration.truncatedTo(ChronoUnit.MILLIS);
    Constraints.within(maxBytes, MIN_BYTES, MAX_BYTES, "maxBytes");
    Constraints.within(maxPackets, 0, Long.MAX_VALUE, "maxPackets");
    Constraints.within(snaplen, MIN_SNAPLEN, MAX_SNAPLEN, "snaplen");
    direction = Constraints.optional(direction);
    buffer = Constraints.optional(buffer);
    buffer.ifPresent(size -> Constraints.within(size, MIN_BUFFER, MAX_BUFFER, "buffer"));
    payload = Constraints.optional(payload);
  }

  /** With nothing said about direction, buffer and payload. */
  public CaptureSpec(
      String filter,
      String networkInterface,
      Duration duration,
      DataSize maxBytes,
      long maxPackets,
      int snaplen) {
    this(
        filter,
        networkInterface,
        duration,
        maxBytes,
        maxPackets,
        snaplen,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
