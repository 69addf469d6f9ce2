package io.alertcap.trigger.web;

import io.alertcap.trigger.access.Caller;
import io.alertcap.trigger.dispatch.Deadline;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request, whole.
 *
 * @param caller may do what the route is for
 * @param path parameters by the names that the route gives them
 * @param query every value of each parameter, decoded
 * @param contentType without parameters, in lower case
 * @param lastEventId of the event that a follower saw last, in its header
 * @param body empty where there is none
 * @param receivedAt when the last byte of it had arrived
 * @param deadline for the answer
 */
public record Call(
    Caller caller,
    Map<String, String> path,
    Map<String, List<String>> query,
    Optional<String> contentType,
    Optional<String> lastEventId,
    Body body,
    Instant receivedAt,
    Deadline deadline) {

  /**
   * Whether the body is said to be JSON. Anything else is refused, not for its own sake, but
   * because a web page can make a visitor's browser send forms and plain text anywhere, and JSON
   * not.
   */
  boolean isJson() {
    return contentType.equals(Optional.of("application/json"));
  }
}
