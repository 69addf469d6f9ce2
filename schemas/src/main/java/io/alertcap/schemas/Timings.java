package io.alertcap.schemas;

import java.time.Instant;
import java.util.Optional;

/**
 * When each step of a capture happened, as far as it has come.
 *
 * @param alertReceivedAt the webhook arrived
 * @param commandedAt the command was made
 * @param expiresAt a capture that has not begun by then is not begun
 * @param filterActiveAt packets are kept from here on
 * @param closedAt up to when the file is whole
 * @param uploadedAt S3 acknowledged the file
 */
public record Timings(
    Optional<Instant> alertReceivedAt,
    Optional<Instant> commandedAt,
    Optional<Instant> expiresAt,
    Optional<Instant> filterActiveAt,
    Optional<Instant> closedAt,
    Optional<Instant> uploadedAt) {

  public Timings {
    alertReceivedAt = Constraints.optional(alertReceivedAt);
    commandedAt = Constraints.optional(commandedAt);
    expiresAt = Constraints.optional(expiresAt);
    filterActiveAt = Constraints.optional(filterActiveAt);
    closedAt = Constraints.optional(closedAt);
    uploadedAt = Constraints.optional(uploadedAt);
  }
}
