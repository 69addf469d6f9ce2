package io.alertcap.trigger.target;

import static java.util.Comparator.comparing;

import io.alertcap.schemas.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which of the pods that were found, where that is more than the rule wants. */
final class TargetChoice {

  private static final Comparator<Target> BY_NAME =
      comparing(Target::namespace).thenComparing(Target::pod).thenComparing(Target::node);

  private TargetChoice() {}

  /**
   * Always the next best: pods that the alert names before others, nodes that have fewer of the
   * chosen before others, and then by name. Pods that share their node's network are captured once
   * per node, since their packets are the same.
   */
  static List<Target> of(List<Target> candidates, AlertLabels alert, int most) {
    Map<String, Integer> chosenOnNode = new HashMap<>();
    Comparator<Target> best =
        Comparator.comparingInt(alert::rank)
            .thenComparing(target -> chosenOnNode.getOrDefault(target.node(), 0))
            .thenComparing(BY_NAME);
    List<Target> rest = new ArrayList<>(candidates);
    List<Target> chosen = new ArrayList<>();
    while (chosen.size() < most && !rest.isEmpty()) {
      Target next = Collections.min(rest, best);
      chosen.add(next);
      chosenOnNode.merge(next.node(), 1, Integer::sum);
      rest.removeIf(target -> target.equals(next) || sameNetwork(target, next));
    }
    return List.copyOf(chosen);
  }

  private static boolean sameNetwork(Target left, Target right) {
    return left.hostNetwork() && right.hostNetwork() && left.node().equals(right.node());
  }
}
