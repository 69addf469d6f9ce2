package io.alertcap.schemas;

import java.time.Instant;
import java.util.Optional;

/**
 * When each step of a capture happened, as far as it has come.
 *
 * @param alertReceivedAt the webhook arrived
 * @param commandedAt the command was made
 * @param filterActiveAt packets are kept from here on
 * @param closedAt the file was complete on the node
 * @param uploadedAt S3 acknowledged the file
 */
public record Timings(
    Optional<Instant> alertReceivedAt,
    Optional<Instant> commandedAt,
    Optional<Instant> filterActiveAt,
    Optional<Instant> closedAt,
    Optional<Instant> uploadedAt) {

  static final Timings NONE =
      new Timings(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public Timings {
    alertReceivedAt = Constraints.optional(alertReceivedAt);
    commandedAt = Constraints.optional(commandedAt);
    filterActiveAt = Constraints.optional(filterActiveAt);
    closedAt = Constraints.optional(closedAt);
    uploadedAt = Constraints.optional(uploadedAt);
  }

  Timings requested(CaptureRequest request) {
    return new Timings(
        request.alertReceivedAt(),
        Optional.of(request.commandedAt()),
        filterActiveAt,
        closedAt,
        uploadedAt);
  }

  Timings started(Instant at) {
    return new Timings(alertReceivedAt, commandedAt, Optional.of(at), closedAt, uploadedAt);
  }

  Timings captured(CaptureResult result) {
    return new Timings(
        alertReceivedAt,
        commandedAt,
        Optional.of(result.filterActiveAt()),
        Optional.of(result.closedAt()),
        uploadedAt);
  }

  Timings uploaded(Instant at) {
    return new Timings(alertReceivedAt, commandedAt, filterActiveAt, closedAt, Optional.of(at));
  }
}
