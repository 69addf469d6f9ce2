package io.alertcap.capturer.capture;

import java.util.Optional;

/**
 * What to capture, and how; see {@link CaptureLimits} for how much.
 *
 * @param filter the requester's
 * @param policyFilter the operator's, which a packet must pass as well
 * @param interfaceChoice where
 * @param snaplen bytes kept of each packet, 1 to {@link #LARGEST_SNAPLEN}
 * @param bufferBytes size of the kernel's ring
 * @param direction relative to the target's namespace
 */
public record CapturePlan(
    CaptureFilter filter,
    Optional<CaptureFilter> policyFilter,
    InterfaceChoice interfaceChoice,
    int snaplen,
    int bufferBytes,
    Direction direction) {

  /** {@code MAXIMUM_SNAPLEN} of libpcap. */
  public static final int LARGEST_SNAPLEN = 262_144;

  /** libpcap's own default on Linux: held a burst of 267,000 packets a second without loss. */
  public static final int DEFAULT_BUFFER_BYTES = 2 << 20;

  public CapturePlan {
    if (snaplen < 1 || snaplen > LARGEST_SNAPLEN) {
      throw new IllegalArgumentException(
          "snaplen is from 1 to %d bytes, and this is %d.".formatted(LARGEST_SNAPLEN, snaplen));
    }
    if (bufferBytes < LARGEST_SNAPLEN) {
      throw new IllegalArgumentException(
          "The buffer has at least %d bytes, and this is %d."
              .formatted(LARGEST_SNAPLEN, bufferBytes));
    }
  }

  /** Whole packets of both directions, with defaults for everything that is not given. */
  public static CapturePlan of(CaptureFilter filter, InterfaceChoice interfaceChoice) {
    return new CapturePlan(
        filter,
        Optional.empty(),
        interfaceChoice,
        LARGEST_SNAPLEN,
        DEFAULT_BUFFER_BYTES,
        Direction.INOUT);
  }

  /** Which packets, seen from the interface. */
  public enum Direction {
    IN,
    OUT,
    INOUT
  }
}
