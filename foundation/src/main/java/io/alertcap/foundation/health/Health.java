package io.alertcap.foundation.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Gathers what the parts of a service say of themselves. A part reports its {@link Readiness} when
 * it changes, and a loop that must not hang has a {@link Heartbeat}; asking costs nothing and waits
 * for nobody. Thread-safe.
 */
public final class Health implements MeterBinder {

  private final LongSupplier nanoTime;
  private final Map<String, Readiness> readiness = new ConcurrentHashMap<>();
  private final Map<String, Heartbeat> heartbeats = new ConcurrentHashMap<>();
  private final List<MeterRegistry> registries = new ArrayList<>();

  public Health() {
    this(System::nanoTime);
  }

  /**
   * With a time of the caller's making.
   *
   * @param nanoTime monotonic, in nanoseconds
   */
  public Health(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * A part without which the service cannot do its work; not ready until it says so.
   *
   * @param name what it is called in the answer; the same part for the same name
   */
  public synchronized Readiness readiness(String name) {
    Readiness known = readiness.get(name);
    if (known != null) {
      return known;
    }
    Readiness part = new Readiness();
    readiness.put(name, part);
    registries.forEach(registry -> gauge(registry, name, part));
    return part;
  }

  /**
   * Shows the readiness of every part, of those to come, too, as {@code alertcap_ready} and {@code
   * alertcap_degraded}.
   */
  @Override
  public synchronized void bindTo(MeterRegistry registry) {
    registries.add(registry);
    readiness.forEach((name, part) -> gauge(registry, name, part));
  }

  /**
   * A loop whose silence means that only a restart helps.
   *
   * @param name what it is called in the answer; the same loop for the same name
   * @param limit the longest it may be silent, from now on
   */
  public Heartbeat heartbeat(String name, Duration limit) {
    return heartbeats.computeIfAbsent(name, n -> new Heartbeat(nanoTime, limit));
  }

  /**
   * A thread for tasks that are done again and again, with a heartbeat of its own.
   *
   * @param name of the thread, and of its heartbeat in the answer
   */
  public RecurringTasks recurring(String name) {
    return new RecurringTasks(name, heartbeat(name, RecurringTasks.LONGEST_SILENCE));
  }

  /** For {@code /readyz}: {@code ready} if every part is. */
  public HealthReport ready() {
    SortedMap<String, String> checks = new TreeMap<>();
    readiness.forEach((name, part) -> checks.put(name, part.text()));
    boolean passing = readiness.values().stream().allMatch(Readiness::isReady);
    return new HealthReport(passing, passing ? "ready" : "not-ready", checks);
  }

  /** For {@code /livez}: {@code alive} if no loop has fallen silent. */
  public HealthReport alive() {
    SortedMap<String, String> checks = new TreeMap<>();
    heartbeats.forEach((name, loop) -> checks.put(name, loop.problem().orElse("alive")));
    boolean passing = heartbeats.values().stream().allMatch(loop -> loop.problem().isEmpty());
    return new HealthReport(passing, passing ? "alive" : "hanging", checks);
  }

  private static void gauge(MeterRegistry registry, String name, Readiness part) {
    Gauge.builder("alertcap.ready", () -> part.isReady() ? 1 : 0)
        .description("1 where this part of /readyz is ready, else 0")
        .tag("check", name)
        .register(registry);
    Gauge.builder("alertcap.degraded", () -> part.isDegraded() ? 1 : 0)
        .description("1 where this part of /readyz is ready, but less than whole")
        .tag("check", name)
        .register(registry);
  }
}
