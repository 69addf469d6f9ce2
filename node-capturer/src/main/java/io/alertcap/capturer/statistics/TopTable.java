package io.alertcap.capturer.statistics;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The most frequent of any number of keys in a table of fixed size, by the space-saving algorithm
 * (Metwally, Agrawal, El Abbadi, 2005): a key that finds no room takes the place of the rarest and
 * inherits its rank, but not its figures. What a row says is therefore true of the key since it
 * came in, and any key with more than {@code 1/size} of all occurrences is in the table.
 *
 * @param <V> figures kept for each key
 */
public final class TopTable<K, V> {

  private final Map<K, Row<K, V>> rows;
  private final int size;
  private final Supplier<V> figures;

  /** Those that had it; one that was counted since has a higher one. */
  private final ArrayDeque<Row<K, V>> rarest = new ArrayDeque<>();

  private long lowestRank;

  public TopTable(int size, Supplier<V> figures) {
    this.size = size;
    this.figures = figures;
    rows = HashMap.newHashMap(size);
  }

  /** Counts an occurrence of the key, and returns the figures to update. */
  public V count(K key) {
    Row<K, V> row = rows.get(key);
    if (row == null) {
      row = new Row<>(key, figures.get());
      if (rows.size() == size) {
        Row<K, V> rarest = rarest();
        rows.remove(rarest.key);
        row.rank = rarest.rank;
      }
      rows.put(key, row);
    }
    row.rank++;
    row.count++;
    return row.figures;
  }

  /** The figures of a key, to update without counting it; ones that go nowhere if it is unknown. */
  public V figuresOf(K key) {
    Row<K, V> row = rows.get(key);
    return row == null ? figures.get() : row.figures;
  }

  /** The rows with the most occurrences since they came in, that one first. */
  public List<Row<K, V>> top(int most) {
    List<Row<K, V>> all = new ArrayList<>(rows.values());
    all.sort(Comparator.comparingLong((Row<K, V> row) -> row.count).reversed());
    return List.copyOf(all.subList(0, Math.min(most, all.size())));
  }

  /**
   * A row with the lowest rank. Ranks only rise, so the rows that had the lowest one when it was
   * last looked for are used up first: a look at all rows serves as many evictions as it finds
   * rows.
   */
  private Row<K, V> rarest() {
    Row<K, V> next = rarest.pollFirst();
    while (next != null && next.rank != lowestRank) {
      next = rarest.pollFirst();
    }
    if (next == null) {
      lowestRank = rows.values().stream().mapToLong(row -> row.rank).min().orElseThrow();
      for (Row<K, V> row : rows.values()) {
        if (row.rank == lowestRank) {
          rarest.add(row);
        }
      }
      next = rarest.removeFirst();
    }
    return next;
  }

  /** A key with its figures. */
  public static final class Row<K, V> {

    private final K key;
    private final V figures;
    private long rank;
    private long count;

    private Row(K key, V figures) {
      this.key = key;
      this.figures = figures;
    }

    public K key() {
      return key;
    }

    public V figures() {
      return figures;
    }

    /** Occurrences since the key came into the table: all of them while there was room. */
    public long count() {
      return count;
    }
  }
}
