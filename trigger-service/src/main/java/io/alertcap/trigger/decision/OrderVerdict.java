package io.alertcap.trigger.decision;

import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.Target;
import java.util.List;

/** What became of an {@link Order}. */
public sealed interface OrderVerdict {

  /**
   * Its targets are decided about, one by one.
   *
   * @param captures that are claimed
   * @param refused those that policy or budget keep from being captured
   */
  record Decided(List<CaptureRequest> captures, List<Refused> refused) implements OrderVerdict {
    public Decided {
      captures = List.copyOf(captures);
      refused = List.copyOf(refused);
    }
  }

  /**
   * A target that is not captured.
   *
   * @param detail a clause for people
   */
  record Refused(Target target, SuppressedReason reason, String detail) {}

  /**
   * There is nothing to capture.
   *
   * @param reason a clause for people
   */
  record NoTarget(String reason) implements OrderVerdict {}

  /**
   * The catalog of targets cannot tell, now.
   *
   * @param reason a clause for people
   */
  record CatalogUnavailable(String reason) implements OrderVerdict {}
}
