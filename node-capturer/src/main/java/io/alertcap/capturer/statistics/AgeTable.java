package io.alertcap.capturer.statistics;

import org.jspecify.annotations.Nullable;

/**
 * Entries by a hash of their key, and by age. Entries hold the links themselves, so that nothing is
 * allocated when one comes or goes, and whoever takes one out may use it again for another key. An
 * entry is in one table at most.
 *
 * <p>Keys are the caller's business: of the entries with the right hash, which {@link #first} and
 * {@link #next} go through, youngest first, it picks the one with the right key. Hashes are {@link
 * SeededHash seeded}, or an enemy makes these lists long.
 *
 * @param <E> the kind of entry
 */
@SuppressWarnings("ReferenceEquality") // an entry is itself, whatever its key
public final class AgeTable<E extends AgeTable.Entry<E>> {

  /** So few entries share one that a look for a key seldom meets another's entry. */
  private static final int BUCKETS_PER_ENTRY = 4;

  private final @Nullable E[] buckets;
  private @Nullable E eldest;
  private @Nullable E youngest;
  private int size;

  /**
   * An empty table.
   *
   * @param expected so many entries do not make it slow
   */
  @SuppressWarnings("unchecked")
  public AgeTable(int expected) {
    int capacity = BUCKETS_PER_ENTRY * Integer.highestOneBit(Math.max(1, expected));
    buckets = (@Nullable E[]) new Entry<?>[capacity];
  }

  /** The youngest entry with that hash. */
  public @Nullable E first(int hash) {
    return matching(buckets[hash & (buckets.length - 1)], hash);
  }

  /** The next older entry with the hash of this one. */
  public @Nullable E next(E entry) {
    Entry<E> links = entry;
    return matching(links.nextInBucket, links.hash);
  }

  /** Adds an entry, which is in no table, as the youngest. */
  public void add(E entry, int hash) {
    Entry<E> links = entry;
    links.hash = hash;
    int bucket = hash & (buckets.length - 1);
    links.nextInBucket = buckets[bucket];
    buckets[bucket] = entry;
    link(entry);
    size++;
  }

  /** Takes an entry out, which is in this table. */
  public void remove(E entry) {
    leaveBucket(entry);
    unlink(entry);
    size--;
  }

  /** Makes an entry the youngest. */
  public void renew(E entry) {
    unlink(entry);
    link(entry);
  }

  public @Nullable E eldest() {
    return eldest;
  }

  /** The next younger entry, from {@link #eldest} on. */
  public @Nullable E younger(E entry) {
    Entry<E> links = entry;
    return links.younger;
  }

  public int size() {
    return size;
  }

  private static <E extends Entry<E>> @Nullable E matching(@Nullable E from, int hash) {
    E each = from;
    while (each != null && each.hash() != hash) {
      Entry<E> links = each;
      each = links.nextInBucket;
    }
    return each;
  }

  private void leaveBucket(E entry) {
    Entry<E> links = entry;
    int bucket = links.hash & (buckets.length - 1);
    E each = buckets[bucket];
    if (each == entry) {
      buckets[bucket] = links.nextInBucket;
    }
    while (each != null && each != entry) {
      Entry<E> before = each;
      each = before.nextInBucket;
      if (each == entry) {
        before.nextInBucket = links.nextInBucket;
      }
    }
    links.nextInBucket = null;
  }

  private void link(E entry) {
    Entry<E> links = entry;
    links.older = youngest;
    links.younger = null;
    if (youngest == null) {
      eldest = entry;
    } else {
      Entry<E> before = youngest;
      before.younger = entry;
    }
    youngest = entry;
  }

  private void unlink(E entry) {
    Entry<E> links = entry;
    Entry<E> older = links.older;
    Entry<E> younger = links.younger;
    if (older == null) {
      eldest = links.younger;
    } else {
      older.younger = links.younger;
    }
    if (younger == null) {
      youngest = links.older;
    } else {
      younger.older = links.older;
    }
    links.older = null;
    links.younger = null;
  }

  /**
   * What is kept in a table.
   *
   * @param <E> the kind of entry
   */
  public abstract static class Entry<E extends Entry<E>> {

    private int hash;
    private @Nullable E nextInBucket;
    private @Nullable E older;
    private @Nullable E younger;

    /** What it was added under. */
    public final int hash() {
      return hash;
    }
  }
}
