package io.alertcap.capturer;

import io.alertcap.capturer.capture.CaptureFilter;
import io.alertcap.capturer.capture.CapturePlan;
import io.alertcap.capturer.capture.InterfaceChoice;
import io.alertcap.capturer.capture.LibpcapPacketSource;
import io.alertcap.capturer.capture.PacketSource;
import io.alertcap.capturer.capture.TapOpening;
import io.alertcap.capturer.netns.Admission;
import io.alertcap.capturer.netns.NamespaceDoor;
import io.alertcap.capturer.spool.CaptureJournal;
import io.alertcap.foundation.health.Readiness;
import io.alertcap.schemas.CaptureCommand;
import io.alertcap.schemas.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does at start what every capture needs, in the capturer's own namespace: so that a missing
 * library or capability shows before the first alert, and the first capture finds everything
 * loaded.
 */
final class SelfTest {

  private static final Logger log = LoggerFactory.getLogger(SelfTest.class);

  private final PacketSource source;
  private final NamespaceDoor door;
  private final Readiness readiness;

  /**
   * @param door through which captures will go: the self-test looks whether it can tell the host's
   *     namespace
   */
  SelfTest(PacketSource source, NamespaceDoor door, Readiness readiness) {
    this.source = source;
    this.door = door;
    this.readiness = readiness;
  }

  void run() {
    Optional<String> problem = problem();
    if (problem.isPresent()) {
      readiness.notReady(problem.get());
      log.error("Captures will fail: {}", problem.get());
    } else {
      readiness.ready();
    }
  }

  private Optional<String> problem() {
    try {
      NamespaceDoor.warmUp();
      warmUpJson();
      log.info("Capturing with {}.", LibpcapPacketSource.warmUp());
      return door.problem().or(this::problemWithOwnNamespace);
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (LinkageError e) {
      return Optional.of(
          "JNA's native library cannot be loaded: make java.io.tmpdir writable and executable (%s)"
              .formatted(e.getMessage()));
    }
  }

  /** Finding out how a command is read and a journal written takes longer than doing so. */
  private static void warmUpJson() {
    byte[] nothing = {'{', '}'};
    var unusedCommand = Json.read(nothing, CaptureCommand.class);
    var unusedJournal = Json.read(nothing, CaptureJournal.class);
    var unusedWriter = Json.mapper().writerFor(CaptureJournal.class);
  }

  private Optional<String> problemWithOwnNamespace() {
    NamespaceDoor own = new NamespaceDoor(Path.of("/proc"), List.of());
    return switch (own.openPid(Math.toIntExact(ProcessHandle.current().pid()), true)) {
      case Admission.Granted granted -> {
        try (var namespace = granted.namespace()) {
          CapturePlan plan = CapturePlan.of(new CaptureFilter("udp"), new InterfaceChoice.Any());
          yield problemWith(source.open(namespace, plan));
        }
      }
      case Admission.PermissionDenied denied -> Optional.of(denied.reason());
      case Admission.Gone gone -> Optional.of(gone.reason());
      case Admission.HostUnknown unknown -> Optional.of(unknown.reason());
      case Admission.Refused refused -> Optional.of(refused.reason());
      case Admission.Failed failed -> Optional.of(failed.reason());
      case Admission.HostNetworkDenied denied -> Optional.of("The own namespace was denied.");
    };
  }

  private static Optional<String> problemWith(TapOpening opening) {
    return switch (opening) {
      case TapOpening.Opened opened -> {
        opened.tap().close();
        yield Optional.empty();
      }
      case TapOpening.PermissionDenied denied -> Optional.of(denied.reason());
      case TapOpening.InterfaceNotFound missing -> Optional.of(missing.reason());
      case TapOpening.InvalidFilter invalid -> Optional.of(invalid.reason());
      case TapOpening.Failed failed -> Optional.of(failed.reason());
    };
  }
}
