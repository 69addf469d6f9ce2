package io.alertcap.foundation.health;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** A sign of life that a loop gives each time round. Thread-safe. */
public final class Heartbeat {

  private final LongSupplier nanoTime;
  private final Duration limit;
  private volatile long last;

  Heartbeat(LongSupplier nanoTime, Duration limit) {
    this.nanoTime = nanoTime;
    this.limit = limit;
    this.last = nanoTime.getAsLong();
  }

  public void beat() {
    last = nanoTime.getAsLong();
  }

  Optional<String> problem() {
    Duration silent = Duration.ofNanos(nanoTime.getAsLong() - last);
    return silent.compareTo(limit) > 0
        ? Optional.of(
            "silent for " + silent.toSeconds() + " s, longer than " + limit.toSeconds() + " s")
        : Optional.empty();
  }
}
