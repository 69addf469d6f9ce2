package io.alertcap.trigger.target;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which pods, by their labels, in the syntax of {@code kubectl get -l}: {@code k8s-app=kube-dns,
 * tier in (a,b), !canary}. Every requirement must be met.
 *
 * @param requirements at least one
 */
public record LabelSelector(List<Requirement> requirements) {

  public LabelSelector {
    requirements = List.copyOf(requirements);
    if (requirements.isEmpty()) {
      throw new IllegalArgumentException("must name at least one label");
    }
  }

  /** What one label must be. */
  public sealed interface Requirement {

    boolean isMetBy(Map<String, String> labels);

    /** The label is there and has one of these values. */
    record In(String key, Set<String> values) implements Requirement {
      public In {
        values = Set.copyOf(values);
      }

      @Override
      public boolean isMetBy(Map<String, String> labels) {
        return labels.containsKey(key) && values.contains(labels.get(key));
      }

      @Override
      public String toString() {
        return key + " in " + list(values);
      }
    }

    /** The label has none of these values, or is not there. */
    record NotIn(String key, Set<String> values) implements Requirement {
      public NotIn {
        values = Set.copyOf(values);
      }

      @Override
      public boolean isMetBy(Map<String, String> labels) {
        return !labels.containsKey(key) || !values.contains(labels.get(key));
      }

      @Override
      public String toString() {
        return key + " notin " + list(values);
      }
    }

    /** The label is there. */
    record Exists(String key) implements Requirement {
      @Override
      public boolean isMetBy(Map<String, String> labels) {
        return labels.containsKey(key);
      }

      @Override
      public String toString() {
        return key;
      }
    }

    /** The label is not there. */
    record Absent(String key) implements Requirement {
      @Override
      public boolean isMetBy(Map<String, String> labels) {
        return !labels.containsKey(key);
      }

      @Override
      public String toString() {
        return "!" + key;
      }
    }

    private static String list(Set<String> values) {
      return "(" + String.join(",", new TreeSet<>(values)) + ")";
    }
  }

  /**
   * Reads a selector.
   *
   * @throws IllegalArgumentException if the text is none; the message says which part
   */
  public static LabelSelector parse(String text) {
    return new LabelSelector(LabelSelectorParser.parse(text));
  }

  public boolean matches(Map<String, String> labels) {
    return requirements.stream().allMatch(requirement -> requirement.isMetBy(labels));
  }

  /** In the syntax that {@link #parse} reads. */
  @Override
  public String toString() {
    return requirements.stream().map(Requirement::toString).collect(Collectors.joining(","));
  }
}
