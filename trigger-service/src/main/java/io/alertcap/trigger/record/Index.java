package io.alertcap.trigger.record;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Captures by something that several may share, newest first. Not thread-safe. */
final class Index<K> {

  private final Map<K, NavigableSet<Position>> positions = new HashMap<>();

  void add(K key, Position position) {
    positions.computeIfAbsent(key, k -> new TreeSet<>()).add(position);
  }

  void remove(K key, Position position) {
    positions.computeIfPresent(
        key,
        (k, captures) -> {
          captures.remove(position);
          return captures.isEmpty() ? null : captures;
        });
  }

  NavigableSet<Position> get(K key) {
    return positions.getOrDefault(key, Collections.emptyNavigableSet());
  }
}
