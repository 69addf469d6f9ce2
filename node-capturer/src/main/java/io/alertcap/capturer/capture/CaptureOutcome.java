package io.alertcap.capturer.capture;

/** What came of a capture whose tap was open. */
public sealed interface CaptureOutcome {

  /** It ended as planned, or for a reason that has a name. */
  record Finished(CaptureResult result) implements CaptureOutcome {}

  /**
   * The file could not be begun, libpcap gave up, or what was written cannot be read back. {@link
   * PcapFile#repair} saves what a file holds, if there is one.
   */
  record Failed(String reason) implements CaptureOutcome {}
}
