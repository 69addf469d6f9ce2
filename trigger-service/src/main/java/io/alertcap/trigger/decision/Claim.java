package io.alertcap.trigger.decision;

import io.alertcap.schemas.CaptureId;
import java.time.Instant;

/** What came of claiming a capture. */
public sealed interface Claim {

  /** The capture is the claimant's. */
  record Claimed() implements Claim {}

  /**
   * The incident is captured already, or about to be.
   *
   * @param id of that capture, which may differ from the claimed one where the alert's start moved
   */
  record Duplicate(CaptureId id) implements Claim {}

  /**
   * A capture under this id came to nothing, and its node would not take the id again.
   *
   * @param id under which to claim it instead: the same on every replica
   */
  record Again(CaptureId id) implements Claim {}

  /**
   * The rule captured this pod a short time ago.
   *
   * @param until when it may again
   */
  record Cooldown(Instant until) implements Claim {}

  /**
   * There is no room left in a budget.
   *
   * @param reason a clause for people: which budget, its limit, and what is taken of it
   */
  record OverBudget(String reason) implements Claim {}
}
