package io.alertcap.capturer.tcp;

import io.alertcap.capturer.dissect.Dissector;
import io.alertcap.capturer.statistics.SeededHash;

/** A connection's addresses and ports, the same for both of its directions. */
final class FlowKey {

  private final long lowerHigh;
  private final long lowerLow;
  private final long upperHigh;
  private final long upperLow;
  private final int ports;
  private final boolean fromLower;

  private FlowKey(Dissector packet, boolean fromLower) {
    this.fromLower = fromLower;
    if (fromLower) {
      lowerHigh = packet.sourceHigh();
      lowerLow = packet.sourceLow();
      upperHigh = packet.destinationHigh();
      upperLow = packet.destinationLow();
      ports = (packet.sourcePort() << 16) | packet.destinationPort();
    } else {
      lowerHigh = packet.destinationHigh();
      lowerLow = packet.destinationLow();
      upperHigh = packet.sourceHigh();
      upperLow = packet.sourceLow();
      ports = (packet.destinationPort() << 16) | packet.sourcePort();
    }
  }

  static FlowKey of(Dissector packet) {
    int order = Long.compare(packet.sourceHigh(), packet.destinationHigh());
    if (order == 0) {
      order = Long.compare(packet.sourceLow(), packet.destinationLow());
    }
    if (order == 0) {
      order = Integer.compare(packet.sourcePort(), packet.destinationPort());
    }
    return new FlowKey(packet, order <= 0);
  }

  /** Which direction the packet has; no part of what makes keys equal. */
  boolean isFromLower() {
    return fromLower;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FlowKey that
        && ports == that.ports
        && lowerLow == that.lowerLow
        && lowerHigh == that.lowerHigh
        && upperLow == that.upperLow
        && upperHigh == that.upperHigh;
  }

  @Override
  public int hashCode() {
    return SeededHash.ofFlow(lowerHigh, lowerLow, upperHigh, upperLow, ports);
  }
}
