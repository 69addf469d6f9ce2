package io.alertcap.standalone.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Something that captures packets into files. */
interface Capturer {

  /** {@link io.alertcap.capturer.capture.CapturePlan#DEFAULT_BUFFER_BYTES}, in every capturer. */
  int BUFFER_MEBIBYTES = 2;

  /**
   * How long what the kernel holds back is waited for, before a capture is ended: longer than the
   * longest delay among the capturers, which is tcpdump's, a second.
   */
  Duration SETTLING = Duration.ofMillis(1500);

  String name();

  /**
   * Captures at all points at once, for as long as the traffic flows.
   *
   * @return the CPU time used from when all were ready to when all files were complete
   */
  Duration capture(List<Point> points, Traffic traffic) throws BenchFailed, InterruptedException;

  /** Where to capture, and into which file. */
  record Point(String namespace, Path file) {}

  /** Packets to capture. */
  interface Traffic {

    /** Blocks until all of it is sent. */
    void flow() throws BenchFailed, InterruptedException;
  }
}
