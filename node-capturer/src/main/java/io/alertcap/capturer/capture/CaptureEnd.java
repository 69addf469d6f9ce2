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
  /** The interface is gone, and with it, as a rule, the pod. */
  TARGET_GONE(false),
  /** The capturer is shutting down. */
  INTERRUPTED(false),
  /** There is no room to write to, or writing failed. */
  DISK(false);

  private final boolean awaitsPacketsUnderWay;

  CaptureEnd(boolean awaitsPacketsUnderWay) {
    this.awaitsPacketsUnderWay = awaitsPacketsUnderWay;
  }

  /**
   * Whether packets that the kernel holds back, to hand them over in one go, are waited for: those
   * that arrived before the end belong to the capture.
   */
  boolean awaitsPacketsUnderWay() {
    return awaitsPacketsUnderWay;
  }
}
