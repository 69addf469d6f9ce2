package io.alertcap.trigger.record;

import io.alertcap.schemas.Target;
import io.alertcap.trigger.decision.Decision.Suppressed;
import io.alertcap.trigger.decision.SuppressedReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * What was not captured lately, and why. The same thing said again is one entry, so that repeated
 * notifications push nothing else out. Of this replica, and since it started: it is for people who
 * wonder, no decision rests on it. Thread-safe.
 */
public final class SuppressedAlerts {

  public static final int MAX_ENTRIES = 1_000;

  private record Key(
      String fingerprint, Optional<String> rule, Optional<String> pod, SuppressedReason reason) {}

  private final LinkedHashMap<Key, Entry> entries = new LinkedHashMap<>();

  /**
   * Something that was not captured.
   *
   * @param detail of the last time
   * @param times how often it was decided so
   */
  public record Entry(
      String fingerprint,
      String alertname,
      Optional<String> rule,
      Optional<Target> target,
      SuppressedReason reason,
      String detail,
      long times,
      Instant firstAt,
      Instant lastAt) {}

  /** Takes in what was decided at one time. */
  public synchronized void add(List<Suppressed> decisions, Instant at) {
    for (Suppressed decision : decisions) {
      Key key =
          new Key(
              decision.fingerprint(),
              decision.rule(),
              decision.target().map(target -> target.namespace() + "/" + target.pod()),
              decision.reason());
      Entry known = entries.remove(key);
      entries.put(key, entry(decision, Optional.ofNullable(known), at));
    }
    while (entries.size() > MAX_ENTRIES) {
      entries.pollFirstEntry();
    }
  }

  /** The last ones first. */
  public synchronized List<Entry> list(Optional<SuppressedReason> reason, int limit) {
    List<Entry> newestFirst = new ArrayList<>(entries.values()).reversed();
    return newestFirst.stream()
        .filter(entry -> reason.isEmpty() || reason.get() == entry.reason())
        .limit(limit)
        .toList();
  }

  private static Entry entry(Suppressed decision, Optional<Entry> known, Instant at) {
    return new Entry(
        decision.fingerprint(),
        decision.alert().alertname(),
        decision.rule(),
        decision.target(),
        decision.reason(),
        decision.detail(),
        known.map(Entry::times).orElse(0L) + 1,
        known.map(Entry::firstAt).orElse(at),
        at);
  }
}
