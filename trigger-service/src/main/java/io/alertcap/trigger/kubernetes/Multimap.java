package io.alertcap.trigger.kubernetes;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Several values for a key. Reading never waits; changes are to come one after another. */
final class Multimap<K, V> {

  private final Map<K, Set<V>> values = new ConcurrentHashMap<>();

  /** The value is found under the new keys, and never missing from one that is among both. */
  void move(V value, Collection<K> from, Collection<K> to) {
    to.forEach(key -> values.computeIfAbsent(key, k -> ConcurrentHashMap.newKeySet(1)).add(value));
    from.stream().filter(key -> !to.contains(key)).forEach(key -> remove(value, key));
  }

  /** A view of what is under the key, now and later. */
  Collection<V> get(K key) {
    return values.getOrDefault(key, Set.of());
  }

  private void remove(V value, K key) {
    values.computeIfPresent(
        key,
        (k, set) -> {
          set.remove(value);
          return set.isEmpty() ? null : set;
        });
  }
}
