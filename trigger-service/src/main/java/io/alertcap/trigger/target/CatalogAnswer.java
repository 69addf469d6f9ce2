package io.alertcap.trigger.target;

import java.util.List;

/** What a catalog knows about a query. */
public sealed interface CatalogAnswer {

  /**
   * These can be captured.
   *
   * @param candidates at least one, in any order
   */
  record Found(List<? extends Candidate> candidates) implements CatalogAnswer {
    public Found {
      candidates = List.copyOf(candidates);
      if (candidates.isEmpty()) {
        throw new IllegalArgumentException("a catalog that found nothing has to say why");
      }
    }
  }

  /**
   * There is nothing to capture.
   *
   * @param reason a clause: "no pod has the address 10.0.0.7"
   */
  record NoTarget(String reason) implements CatalogAnswer {}

  /**
   * The catalog cannot tell, now; it may be able to later.
   *
   * @param reason a clause
   */
  record Unavailable(String reason) implements CatalogAnswer {}
}
