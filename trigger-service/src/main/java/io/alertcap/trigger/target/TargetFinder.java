package io.alertcap.trigger.target;

import io.alertcap.schemas.InvalidField;
import io.alertcap.trigger.target.CatalogAnswer.Found;
import io.alertcap.trigger.target.CatalogAnswer.NoTarget;
import io.alertcap.trigger.target.CatalogAnswer.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds whom to capture: tries the kinds of a rule in their order until one finds pods. */
public final class TargetFinder {

  private static final Logger log = LoggerFactory.getLogger(TargetFinder.class);

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
  public TargetAnswer find(TargetSelection selection, Map<String, String> labels) {
    AlertLabels alert = new AlertLabels(labels, selection);
    List<String> reasons = new ArrayList<>();
    for (TargetKind kind : selection.from()) {
      switch (find(kind, alert)) {
        case Found found -> {
          List<Candidate> wanted = wanted(found.candidates(), selection);
          if (!wanted.isEmpty()) {
            return TargetChoice.of(wanted, alert, selection);
          }
          reasons.add(kind + ": " + unwanted(found.candidates(), selection));
        }
        case NoTarget none -> reasons.add(kind + ": " + none.reason());
        case Unavailable unavailable -> {
          return new TargetAnswer.Unavailable(unavailable.reason());
        }
      }
    }
    return new TargetAnswer.NoTarget(String.join("; ", reasons));
  }

  private CatalogAnswer find(TargetKind kind, AlertLabels alert) {
    return alert.query(kind).map(catalog::find).orElseGet(() -> new NoTarget(alert.lacking(kind)));
  }

  private static List<Candidate> wanted(
      List<? extends Candidate> candidates, TargetSelection selection) {
    return candidates.stream()
        .<Candidate>map(candidate -> candidate)
        .filter(candidate -> flaw(candidate).isEmpty())
        .filter(candidate -> !selection.excludes(candidate))
        .filter(candidate ->
            selection.container().isEmpty() || candidate.target(selection.container()).isPresent())
        .toList();
  }

  /**
   * What keeps it from being a target at all, as a name that is longer than any of Kubernetes'. It
   * is left out alone: what is odd about one object decides nothing about others.
   */
  private static Optional<String> flaw(Candidate candidate) {
    try {
      var unused = candidate.target(Optional.empty());
      return Optional.empty();
    } catch (InvalidField e) {
      String flaw =
          "%s cannot be a target: its %s %s".formatted(candidate.name(), e.field(), e.getMessage());
      log.warn("{}; it is left out", flaw);
      return Optional.of(flaw);
    }
  }

  private static String unwanted(List<? extends Candidate> candidates, TargetSelection selection) {
    Optional<String> flaw =
        candidates.stream().flatMap(candidate -> flaw(candidate).stream()).findFirst();
    if (flaw.isPresent()) {
      return flaw.get();
    }
    List<String> included =
        candidates.stream()
            .filter(candidate -> !selection.excludes(candidate))
            .map(Candidate::name)
            .sorted()
            .toList();
    return included.isEmpty()
        ? "the rule excludes " + some(candidates.stream().map(Candidate::name).sorted().toList())
        : "no container " + selection.container().orElseThrow() + " runs in " + some(included);
  }

  private static String some(List<String> names) {
    return names.size() == 1
        ? names.getFirst()
        : names.getFirst() + " and " + (names.size() - 1) + " more";
  }
}
