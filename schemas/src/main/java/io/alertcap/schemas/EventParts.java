package io.alertcap.schemas;

import java.time.Instant;
import java.util.Optional;

/** What an event tells of its capture, whichever type it has. */
final class EventParts {

  private EventParts() {}

  static Optional<CaptureResult> result(CaptureEvent event) {
    return switch (event) {
      case CaptureEvent.Captured e -> Optional.of(e.result());
      case CaptureEvent.Completed e -> Optional.of(e.result());
      case CaptureEvent.Failed e -> e.result();
      case CaptureEvent.Requested e -> Optional.empty();
      case CaptureEvent.Started e -> Optional.empty();
      case CaptureEvent.Rejected e -> Optional.empty();
      case CaptureEvent.Expired e -> Optional.empty();
      case CaptureEvent.Cancelled e -> Optional.empty();
    };
  }

  static Optional<Instant> filterActiveAt(CaptureEvent event) {
    return event instanceof CaptureEvent.Started started
        ? Optional.of(started.filterActiveAt())
        : result(event).map(CaptureResult::filterActiveAt);
  }

  static Optional<CaptureEvent.Completed> completed(CaptureEvent event) {
    return event instanceof CaptureEvent.Completed completed
        ? Optional.of(completed)
        : Optional.empty();
  }

  static Optional<Failure> failure(CaptureEvent event) {
    return switch (event) {
      case CaptureEvent.Failed e -> Optional.of(e.failure());
      case CaptureEvent.Rejected e -> Optional.of(e.failure());
      case CaptureEvent.Expired e -> Optional.of(e.failure());
      case CaptureEvent.Requested e -> Optional.empty();
      case CaptureEvent.Started e -> Optional.empty();
      case CaptureEvent.Captured e -> Optional.empty();
      case CaptureEvent.Completed e -> Optional.empty();
      case CaptureEvent.Cancelled e -> Optional.empty();
    };
  }
}
