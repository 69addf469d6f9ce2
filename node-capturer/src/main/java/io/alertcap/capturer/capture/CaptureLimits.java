package io.alertcap.capturer.capture;

import java.time.Duration;

/**
 * How much to capture. Whichever is reached first ends the capture.
 *
 * @param duration from the start of writing; always given, so that every capture ends
 * @param maxBytes size of the file, which may become up to {@link Slices#LARGEST_OVERSHOOT} bytes
 *     larger; 0 for no limit
 * @param maxPackets packets in the file, exactly; 0 for no limit
 */
public record CaptureLimits(Duration duration, long maxBytes, long maxPackets) {

  public CaptureLimits {
    if (!duration.isPositive() || maxBytes < 0 || maxPackets < 0) {
      throw new IllegalArgumentException(
          "A capture's duration is positive, and its other limits are not negative.");
    }
  }

  public static CaptureLimits of(Duration duration) {
    return new CaptureLimits(duration, 0, 0);
  }
}
