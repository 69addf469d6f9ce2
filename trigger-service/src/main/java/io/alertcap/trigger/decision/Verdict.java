package io.alertcap.trigger.decision;

import io.alertcap.schemas.CaptureCommand;
import java.util.List;

/** What became of a notification as a whole. */
public sealed interface Verdict {

  /**
   * Everything is decided.
   *
   * @param decisions at least one for each alert, in the order of the alerts
   * @param stops to be sent, of captures whose alert is resolved
   */
  record Decided(List<Decision> decisions, List<CaptureCommand.Stop> stops) implements Verdict {
    public Decided {
      decisions = List.copyOf(decisions);
      stops = List.copyOf(stops);
    }
  }

  /**
   * Nothing is decided or claimed, since the catalog of targets cannot tell; to be asked again.
   *
   * @param reason a clause for people
   */
  record CatalogUnavailable(String reason) implements Verdict {}
}
