package io.alertcap.trigger.node;

import static java.util.Comparator.comparing;

import io.alertcap.schemas.NodeState;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The last word of each node that has said that a capturer runs there. Thread-safe. */
public final class Nodes {

  /** As many as a Kubernetes cluster has; those that spoke last. */
  static final int MOST = 5_000;

  private final TreeMap<String, NodeState> byName = new TreeMap<>();
  private boolean complete;

  synchronized void add(NodeState state) {
    byName.put(state.node(), state);
    if (byName.size() > MOST) {
      byName.values().stream()
          .min(comparing(NodeState::at))
          .map(NodeState::node)
          .ifPresent(byName::remove);
    }
  }

  /** All is read that was said before this service began to read. */
  synchronized void complete() {
    complete = true;
  }

  /** Those of these nodes that never said a word; none while that cannot be known. */
  public synchronized NavigableSet<String> unknown(Collection<String> nodes) {
    NavigableSet<String> unknown = new TreeSet<>();
    if (complete) {
      nodes.stream().filter(node -> !byName.containsKey(node)).forEach(unknown::add);
    }
    return unknown;
  }

  public synchronized Optional<NodeState> find(String node) {
    return Optional.ofNullable(byName.get(node));
  }

  /**
   * In the order of their names.
   *
   * @param after begins behind this one, known or not; empty for all
   * @param atMost how many
   */
  public synchronized List<NodeState> list(String after, int atMost) {
    return byName.tailMap(after, false).values().stream().limit(atMost).toList();
  }
}
