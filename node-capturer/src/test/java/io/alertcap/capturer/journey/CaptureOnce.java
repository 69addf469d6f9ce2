package io.alertcap.capturer.journey;

import io.alertcap.capturer.capture.Capture;
import io.alertcap.capturer.capture.CaptureFilter;
import io.alertcap.capturer.capture.CaptureLimits;
import io.alertcap.capturer.capture.CaptureOutcome;
import io.alertcap.capturer.capture.CapturePlan;
import io.alertcap.capturer.capture.InterfaceChoice;
import io.alertcap.capturer.capture.LibpcapPacketSource;
import io.alertcap.capturer.capture.PacketTap;
import io.alertcap.capturer.capture.TapOpening;
import io.alertcap.capturer.container.CgroupContainerProcesses;
import io.alertcap.capturer.container.ContainerId;
import io.alertcap.capturer.container.ProcessLookup;
import io.alertcap.capturer.netns.Admission;
import io.alertcap.capturer.netns.NamespaceDoor;
import io.alertcap.capturer.netns.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * A program that captures a container's UDP packets, once, and says on stdout how far it came: one
 * line when packets are being kept, and one at the end.
 */
final class CaptureOnce {

  static final String CAPTURING = "capturing";
  static final String DENIED = "denied for want of ";
  static final String CAPTURED = "packets: ";
  static final int PACKETS = 5;

  private static final Path PROC = Path.of("/proc");
  private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

  private CaptureOnce() {}

  /**
   * Runs it.
   *
   * @param arguments the container's ID, and the file to capture into
   */
  public static void main(String[] arguments) throws IOException {
    NamespaceDoor.warmUp();
    LibpcapPacketSource.warmUp();
    ContainerId container = new ContainerId(arguments[0]);
    Path file = Path.of(arguments[1]);
    System.out.println(
        switch (new CgroupContainerProcesses(PROC, CGROUPS).find(container)) {
          case ProcessLookup.Found found ->
              admitted(new NamespaceDoor(PROC, List.of()).open(found.process(), false), file);
          case ProcessLookup other -> other.toString();
        });
  }

  private static String admitted(Admission admission, Path file) {
    return switch (admission) {
      case Admission.Granted(NetworkNamespace namespace) -> {
        try (namespace) {
          CapturePlan plan = CapturePlan.of(new CaptureFilter("udp"), new InterfaceChoice.Auto());
          yield opened(new LibpcapPacketSource(Clock.systemUTC()).open(namespace, plan), file);
        }
      }
      case Admission.PermissionDenied denied -> DENIED + denied.missing();
      case Admission other -> other.toString();
    };
  }

  private static String opened(TapOpening opening, Path file) {
    return switch (opening) {
      case TapOpening.Opened(PacketTap tap) -> {
        try (tap) {
          System.out.println(CAPTURING);
          CaptureLimits limits = new CaptureLimits(Duration.ofSeconds(30), 0, PACKETS);
          yield ended(new Capture(tap, Clock.systemUTC()).run(file, limits));
        }
      }
      case TapOpening.PermissionDenied denied -> DENIED + denied.missing();
      case TapOpening other -> other.toString();
    };
  }

  private static String ended(CaptureOutcome outcome) {
    return switch (outcome) {
      case CaptureOutcome.Finished finished -> CAPTURED + finished.result().packets();
      case CaptureOutcome other -> other.toString();
    };
  }
}
