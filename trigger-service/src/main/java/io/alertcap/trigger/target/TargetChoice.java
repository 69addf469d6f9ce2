package io.alertcap.trigger.target;

import static java.util.Comparator.comparing;

import io.alertcap.schemas.Target;
import io.alertcap.trigger.target.TargetAnswer.OptedOut;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which of the pods that were found, where that is more than the rule wants. */
final class TargetChoice {

  /**
   * A pod, with what it is compared by.
   *
   * @param rank as of {@link AlertLabels#rank}
   */
  private record Ranked(Candidate candidate, int rank) {}

  private static final Comparator<Candidate> BY_NAME =
      comparing(Candidate::namespace).thenComparing(Candidate::pod).thenComparing(Candidate::node);

  private TargetChoice() {}

  /**
   * Always the next best: pods that the alert names before others, nodes that have fewer of the
   * chosen before others, and then by name. Pods that share their node's network are captured once
   * per node, since their packets are the same. One that opted out is passed over, for the next.
   *
   * @param candidates at least one, each with the container that the rule wants
   */
  static TargetAnswer.Found of(
      List<Candidate> candidates, AlertLabels alert, TargetSelection selection) {
    List<Candidate> preferred = best(candidates, alert, selection.maxTargets());
    List<OptedOut> optedOut =
        preferred.stream()
            .flatMap(candidate ->
                candidate.optOut().stream()
                    .map(objection -> new OptedOut(target(candidate, selection), objection)))
            .toList();
    List<Candidate> chosen =
        optedOut.isEmpty()
            ? preferred
            : best(
                candidates.stream().filter(candidate -> candidate.optOut().isEmpty()).toList(),
                alert,
                selection.maxTargets());
    return new TargetAnswer.Found(
        chosen.stream().map(candidate -> target(candidate, selection)).toList(), optedOut);
  }

  private static Target target(Candidate candidate, TargetSelection selection) {
    return candidate.target(selection.container()).orElseThrow();
  }

  private static List<Candidate> best(List<Candidate> candidates, AlertLabels alert, int most) {
    Map<String, Integer> chosenOnNode = new HashMap<>();
    Comparator<Ranked> best =
        Comparator.comparingInt(Ranked::rank)
            .thenComparing(ranked -> chosenOnNode.getOrDefault(ranked.candidate.node(), 0))
            .thenComparing(Ranked::candidate, BY_NAME);
    List<Ranked> rest = new ArrayList<>(candidates.size());
    candidates.forEach(candidate -> rest.add(new Ranked(candidate, alert.rank(candidate))));
    List<Candidate> chosen = new ArrayList<>();
    while (chosen.size() < most && !rest.isEmpty()) {
      Ranked next = Collections.min(rest, best);
      rest.remove(next);
      rest.removeIf(other -> sameNetwork(other.candidate, next.candidate));
      chosen.add(next.candidate);
      chosenOnNode.merge(next.candidate.node(), 1, Integer::sum);
    }
    return chosen;
  }

  private static boolean sameNetwork(Candidate left, Candidate right) {
    return left.hostNetwork() && right.hostNetwork() && left.node().equals(right.node());
  }
}
