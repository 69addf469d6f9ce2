package io.alertcap.trigger.target;

import io.alertcap.trigger.target.CatalogAnswer.Found;
import io.alertcap.trigger.target.CatalogAnswer.NoTarget;
import io.alertcap.trigger.target.CatalogAnswer.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds whom to capture: tries the kinds of a rule in their order until one finds pods. */
public final class TargetFinder {

  private final TargetCatalog catalog;

  public TargetFinder(TargetCatalog catalog) {
    this.catalog = catalog;
  }

  /**
   * Finds at most as many targets as the rule wants, and the same ones each time: first those that
   * the alert names, then the others, spread over nodes.
   *
   * @return the reason of every kind that was tried, where none finds any
   */
  public CatalogAnswer find(TargetSelection selection, Map<String, String> labels) {
    AlertLabels alert = new AlertLabels(labels, selection);
    List<String> reasons = new ArrayList<>();
    for (TargetKind kind : selection.from()) {
      switch (find(kind, alert)) {
        case Found found -> {
          return new Found(TargetChoice.of(found.targets(), alert, selection.maxTargets()));
        }
        case NoTarget none -> reasons.add(kind + ": " + none.reason());
        case Unavailable unavailable -> {
          return unavailable;
        }
      }
    }
    return new NoTarget(String.join("; ", reasons));
  }

  private CatalogAnswer find(TargetKind kind, AlertLabels alert) {
    return alert
        .query(kind)
        .map(catalog::find)
        .orElseGet(() -> new NoTarget("the alert lacks " + kind.needs()));
  }
}
