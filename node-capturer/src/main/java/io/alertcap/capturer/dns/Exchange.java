package io.alertcap.capturer.dns;

import io.alertcap.capturer.dissect.Dissector;
import io.alertcap.capturer.dissect.IpAddress;

/** Who asks whom, over what, under which id: what a query has in common with its answer. */
final class Exchange {

  private static final int TCP = 1 << 16;

  private final long clientHigh;
  private final long clientLow;
  private final long serverHigh;
  private final long serverLow;
  private final int ports;
  private final int idAndTransport;

  private Exchange(
      long clientHigh, long clientLow, long serverHigh, long serverLow, int ports, int id) {
    this.clientHigh = clientHigh;
    this.clientLow = clientLow;
    this.serverHigh = serverHigh;
    this.serverLow = serverLow;
    this.ports = ports;
    this.idAndTransport = id;
  }

  /** The exchange that a packet with a message belongs to. */
  static Exchange of(Dissector packet, DnsMessage message) {
    int id = message.id() | (packet.isTcp() ? TCP : 0);
    int from = packet.sourcePort();
    int to = packet.destinationPort();
    return message.isResponse()
        ? new Exchange(
            packet.destinationHigh(),
            packet.destinationLow(),
            packet.sourceHigh(),
            packet.sourceLow(),
            (to << 16) | from,
            id)
        : new Exchange(
            packet.sourceHigh(),
            packet.sourceLow(),
            packet.destinationHigh(),
            packet.destinationLow(),
            (from << 16) | to,
            id);
  }

  IpAddress client() {
    return new IpAddress(clientHigh, clientLow);
  }

  IpAddress server() {
    return new IpAddress(serverHigh, serverLow);
  }

  boolean isTcp() {
    return (idAndTransport & TCP) != 0;
  }

  /** Whether both come from the same socket of the client to the same server. */
  boolean isSameFlow(Exchange other) {
    return ports == other.ports
        && clientLow == other.clientLow
        && clientHigh == other.clientHigh
        && serverLow == other.serverLow
        && serverHigh == other.serverHigh
        && isTcp() == other.isTcp();
  }

  /** The same for all exchanges of one flow. */
  int flowHash() {
    long h = clientHigh * 31 + clientLow;
    h = h * 31 + serverHigh;
    h = h * 31 + serverLow;
    h = h * 31 + ports;
    h *= 0x9e3779b97f4a7c15L;
    return (int) (h >>> 32);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Exchange that
        && idAndTransport == that.idAndTransport
        && isSameFlow(that);
  }

  @Override
  public int hashCode() {
    return 31 * flowHash() + idAndTransport;
  }
}
