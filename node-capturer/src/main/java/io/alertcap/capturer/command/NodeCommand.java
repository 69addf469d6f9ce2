package io.alertcap.capturer.command;

import io.alertcap.schemas.CaptureCommand;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.Failure;

/** A record on the command topic with this node's key. */
public sealed interface NodeCommand {

  /** A command that may be acted upon. */
  record Understood(CaptureCommand command) implements NodeCommand {}

  /**
   * Something else.
   *
   * @param id the capture that it is about, or one made up from where it was found
   */
  record NotUnderstood(CaptureId id, Failure failure) implements NodeCommand {}
}
