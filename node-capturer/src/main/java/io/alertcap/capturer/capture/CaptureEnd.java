package io.alertcap.capturer.capture;

/** Why a capture ended. In every case, what was captured until then is kept. */
public enum CaptureEnd {
  /** The time was up. */
  DURATION(true),
  /** The file reached its size. */
  BYTES(false),
  /** The file holds as many packets as wanted. */
  PACKETS(false),
  /** Somebody asked for it. */
  CANCELLED(true),
  /** The alert is resolved. */
  RESOLVED(true),
  /** The interface is gone, or the last process of its namespace: the pod has ended. */
  TARGET_GONE(true),
  /** The capturer is shutting down. */
  INTERRUPTED(true),
  /** There is no room to write to, or writing failed. */
  DISK(false);

  private final boolean takesWhatTheKernelHolds;

  CaptureEnd(boolean takesWhatTheKernelHolds) {
    this.takesWhatTheKernelHolds = takesWhatTheKernelHolds;
  }

  /**
   * Whether packets are still written that arrived before the end and wait in the kernel, which
   * hands over many in one go.
   */
  boolean takesWhatTheKernelHolds() {
    return takesWhatTheKernelHolds;
  }

  /** Whether the file has all that was asked for: packets that follow are not lost. */
  boolean isLimitOfTheFile() {
    return this == BYTES || this == PACKETS;
  }
}
