package io.alertcap.foundation.config;

import io.alertcap.foundation.config.YamlNode.Entry;
import io.alertcap.foundation.config.YamlNode.Mapping;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one reading of the configuration shares: where values come from, and what was found wrong.
 */
final class Reading {

  private record Visited(Mapping mapping, Set<String> asked) {}

  private final String file;
  private final Environment environment;
  private final Map<String, String> presets;
  private final Set<Problem> problems = new LinkedHashSet<>();
  private final Map<String, Visited> visited = new HashMap<>();

  Reading(String file, Environment environment, Map<String, String> presets) {
    this.file = file;
    this.environment = environment;
    this.presets = presets;
  }

  Location line(int number) {
    return Location.line(file, number);
  }

  void reject(Problem problem) {
    problems.add(problem);
  }

  Optional<String> variable(String name) {
    return environment.ask(name);
  }

  Optional<String> preset(String path) {
    return Optional.ofNullable(presets.get(path));
  }

  /** Two readers of one section share its known keys: each may ask for keys of its own. */
  void ask(String path, Mapping mapping, String key) {
    visited.computeIfAbsent(path, p -> new Visited(mapping, new TreeSet<>())).asked().add(key);
  }

  /** Nothing may be written that nobody reads: a mistyped key would silently keep its default. */
  void rejectUnknownKeys() {
    visited.forEach((path, section) -> {
      Map<String, Entry> unasked = new HashMap<>(section.mapping().entries());
      unasked.keySet().removeAll(section.asked());
      unasked.forEach((key, entry) ->
          new Place(this, path, line(0))
              .child(key)
              .at(entry.line())
              .reject(unknown(key, section.asked())));
    });
  }

  private static String unknown(String key, Set<String> known) {
    return "unknown key; "
        + Spelling.closest(key, known)
            .map(meant -> "did you mean \"" + meant + "\"?")
            .orElseGet(() -> "known here: " + String.join(", ", known));
  }

  List<String> problems() {
    List<Problem> ordered = new ArrayList<>(problems);
    ordered.sort(Comparator.comparing(Problem::location));
    return ordered.stream().map(Problem::toString).toList();
  }

  List<String> warnings() {
    return environment.unused();
  }
}
