package io.alertcap.capturer.enrich;

import io.alertcap.capturer.dissect.Dissector;

/**
 * Looks at every packet of a pass, in the order of the file, from one thread.
 *
 * <p>It is shown what the file shows: where a payload profile cuts a packet, the observer sees the
 * cut packet, so that nothing that is held back leaves the node by way of an analysis.
 */
public interface PacketObserver {

  /** For people: what stopped, if it stops. */
  String name();

  /**
   * A packet of a link layer that can be read. An observer that throws is shown no packet more, and
   * the pass goes on without it.
   *
   * @param epochNanos the packet's time
   * @param packet valid until this returns
   */
  void packet(long epochNanos, Dissector packet);
}
