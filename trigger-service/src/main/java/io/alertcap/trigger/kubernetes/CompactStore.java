package io.alertcap.trigger.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps of every object the few fields that are used, as an entry, and hands entries to an index.
 * The informer that it belongs to gets back objects that have a name and nothing else, which is all
 * it needs to notice what is missing from a list.
 */
final class CompactStore<T extends HasMetadata, E> implements ItemStore<T> {

  private final Function<T, E> reader;
  private final Supplier<T> blank;
  private final Index<E> index;
  private final Map<String, E> entries = new ConcurrentHashMap<>();

  /**
   * @param reader what is kept of an object
   * @param blank a new object without any content
   */
  CompactStore(Function<T, E> reader, Supplier<T> blank, Index<E> index) {
    this.reader = reader;
    this.blank = blank;
    this.index = index;
  }

  @Override
  public String getKey(T object) {
    return Cache.metaNamespaceKeyFunc(object);
  }

  @Override
  public @Nullable T put(String key, T object) {
    E now = reader.apply(object);
    index.put(Optional.ofNullable(entries.put(key, now)), now);
    return null;
  }

  @Override
  public @Nullable T remove(String key) {
    E before = entries.remove(key);
    if (before == null) {
      return null;
    }
    index.remove(before);
    return named(key);
  }

  @Override
  public Stream<String> keySet() {
    return entries.keySet().stream();
  }

  @Override
  public Stream<T> values() {
    return keySet().map(this::named);
  }

  @Override
  public @Nullable T get(String key) {
    return entries.containsKey(key) ? named(key) : null;
  }

  @Override
  public int size() {
    return entries.size();
  }

  /** The informer need not remember the objects of a list until it has all of them. */
  @Override
  public boolean isFullState() {
    return false;
  }

  private T named(String key) {
    int slash = key.indexOf('/');
    T object = blank.get();
    object.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(slash < 0 ? null : key.substring(0, slash))
            .withName(key.substring(slash + 1))
            .build());
    return object;
  }
}
