package io.alertcap.trigger.decision;

import java.time.Instant;

/** What came of claiming a capture. */
public sealed interface Claim {

  /** The capture is the claimant's. */
  record Claimed() implements Claim {}

  /** A capture of this id is there already, or is about to be. */
  record Duplicate() implements Claim {}

  /**
   * The rule captured this pod a short time ago.
   *
   * @param until when it may again
   */
  record Cooldown(Instant until) implements Claim {}
}
