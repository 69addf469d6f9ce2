package io.alertcap.capturer.run;

import io.alertcap.capturer.capture.CaptureFilter;
import io.alertcap.capturer.capture.CaptureLimits;
import io.alertcap.capturer.capture.CapturePlan;
import io.alertcap.capturer.capture.InterfaceChoice;
import io.alertcap.capturer.capture.PcapScan;
import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureResult;
import io.alertcap.schemas.CaptureSpec;
import io.alertcap.schemas.DataSize;
import io.alertcap.schemas.Direction;
import io.alertcap.schemas.Statistics;
import java.util.Optional;

/** Between the terms of the capture engine and those of the contract. */
final class Results {

  private Results() {}

  /**
   * What to capture.
   *
   * @param standardBuffer where the spec says nothing
   * @throws IllegalArgumentException with a sentence for the requester
   */
  static CapturePlan plan(CaptureSpec spec, DataSize standardBuffer) {
    return new CapturePlan(
        new CaptureFilter(spec.filter()),
        Optional.empty(),
        InterfaceChoice.parse(spec.networkInterface()),
        spec.snaplen(),
        Math.toIntExact(spec.buffer().orElse(standardBuffer).bytes()),
        spec.direction().map(Results::direction).orElse(CapturePlan.Direction.INOUT));
  }

  static CaptureLimits limits(CaptureSpec spec) {
    return new CaptureLimits(spec.duration(), spec.maxBytes().bytes(), spec.maxPackets());
  }

  static CaptureResult finished(
      String networkInterface, io.alertcap.capturer.capture.CaptureResult result) {
    Statistics statistics =
        new Statistics(
            new Statistics.Counts(
                result.counters().received(),
                result.counters().dropped(),
                result.counters().droppedByInterface(),
                result.lost()),
            result.firstPacketAt(),
            result.lastPacketAt());
    return new CaptureResult(
        end(result.end()),
        networkInterface,
        result.linkType(),
        result.packets(),
        result.fileBytes(),
        Optional.of(statistics),
        result.filterActiveAt(),
        result.closedAt());
  }

  /**
   * Of a capture that nobody could end: the kernel's counters died with the process, and what came
   * after the last packet that reached the disk is not known.
   */
  static CaptureResult saved(CaptureEvent.Started started, PcapScan file) {
    return new CaptureResult(
        CaptureEnd.INTERRUPTED,
        started.networkInterface(),
        started.linkType(),
        file.packets(),
        file.fileBytes(),
        Optional.of(Statistics.uncounted(file.firstPacketAt(), file.lastPacketAt())),
        started.filterActiveAt(),
        file.lastPacketAt()
            .filter(at -> at.isAfter(started.filterActiveAt()))
            .orElse(started.filterActiveAt()));
  }

  static io.alertcap.capturer.capture.CaptureEnd reason(CaptureEnd end) {
    return switch (end) {
      case DURATION -> io.alertcap.capturer.capture.CaptureEnd.DURATION;
      case BYTES -> io.alertcap.capturer.capture.CaptureEnd.BYTES;
      case PACKETS -> io.alertcap.capturer.capture.CaptureEnd.PACKETS;
      case CANCELLED -> io.alertcap.capturer.capture.CaptureEnd.CANCELLED;
      case RESOLVED -> io.alertcap.capturer.capture.CaptureEnd.RESOLVED;
      case TARGET_GONE -> io.alertcap.capturer.capture.CaptureEnd.TARGET_GONE;
      case INTERRUPTED, UNKNOWN -> io.alertcap.capturer.capture.CaptureEnd.INTERRUPTED;
      case DISK -> io.alertcap.capturer.capture.CaptureEnd.DISK;
    };
  }

  private static CapturePlan.Direction direction(Direction direction) {
    return switch (direction) {
      case IN -> CapturePlan.Direction.IN;
      case OUT -> CapturePlan.Direction.OUT;
      case INOUT -> CapturePlan.Direction.INOUT;
    };
  }

  private static CaptureEnd end(io.alertcap.capturer.capture.CaptureEnd reason) {
    return switch (reason) {
      case DURATION -> CaptureEnd.DURATION;
      case BYTES -> CaptureEnd.BYTES;
      case PACKETS -> CaptureEnd.PACKETS;
      case CANCELLED -> CaptureEnd.CANCELLED;
      case RESOLVED -> CaptureEnd.RESOLVED;
      case TARGET_GONE -> CaptureEnd.TARGET_GONE;
      case INTERRUPTED -> CaptureEnd.INTERRUPTED;
      case DISK -> CaptureEnd.DISK;
    };
  }
}
