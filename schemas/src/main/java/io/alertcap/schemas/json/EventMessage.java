package io.alertcap.schemas.json;

import io.alertcap.schemas.AccessEvent;
import io.alertcap.schemas.CaptureEvent;

/** What stands in a message on {@code alertcap.events}. */
public sealed interface EventMessage {

  /** What a record of captures is made of. */
  sealed interface Known extends EventMessage {}

  /** A step in the life of a capture. */
  record Step(CaptureEvent event) implements Known {}

  /** Somebody was given a file. */
  record Accessed(AccessEvent event) implements Known {}

  /** A newer version wrote it. */
  record UnknownType(String sentence) implements EventMessage {}

  /** It is no event. */
  record Malformed(Reading.Invalid<?> reason) implements EventMessage {}
}
