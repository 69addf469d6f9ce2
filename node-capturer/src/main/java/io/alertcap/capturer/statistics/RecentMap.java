package io.alertcap.capturer.statistics;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map of a bounded size, which forgets its eldest entry when a new one finds it full. */
public final class RecentMap<K, V> extends LinkedHashMap<K, V> {

  private static final long serialVersionUID = 1L;

  private final int most;

  private RecentMap(int most, boolean byAccess) {
    super(16, 0.75f, byAccess);
    this.most = most;
  }

  /** Forgets the entry that was put first. */
  public static <K, V> RecentMap<K, V> byInsertion(int most) {
    return new RecentMap<>(most, false);
  }

  /** Forgets the entry that was longest not asked for. */
  public static <K, V> RecentMap<K, V> byAccess(int most) {
    return new RecentMap<>(most, true);
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
