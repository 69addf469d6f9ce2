package io.alertcap.capturer.prepare;

import io.alertcap.capturer.dissect.Dissector;
import io.alertcap.capturer.enrich.PacketObserver;
import java.util.Optional;

/**
 * Looks at every packet of a pass, and reports in the end; one that fails on the way reports
 * nothing.
 *
 * @param <R> what it reports
 */
abstract class Analysis<R> implements PacketObserver {

  private final String name;
  private boolean failed;

  /**
   * @param name for people: what stopped, if it stops
   */
  Analysis(String name) {
    this.name = name;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final void packet(long epochNanos, Dissector packet) {
    boolean looked = false;
    try {
      look(packet, epochNanos);
      looked = true;
    } finally {
      failed |= !looked;
    }
  }

  /** Once, at the end. */
  final Optional<R> report() {
    return failed ? Optional.empty() : Optional.of(conclude());
  }

  abstract void look(Dissector packet, long epochNanos);

  abstract R conclude();
}
