package io.alertcap.capturer.dns;

import io.alertcap.capturer.dissect.Dissector;
import io.alertcap.capturer.dissect.IpAddress;
import io.alertcap.capturer.statistics.SeededHash;

/**
 * Who asks whom, over what, under which id: what a query has in common with its answer. An object
 * can be set to one exchange after the other; whoever keeps one that may change copies it.
 */
final class Exchange {

  private long clientHigh;
  private long clientLow;
  private long serverHigh;
  private long serverLow;
  private int ports;
  private int id;
  private boolean tcp;
  private int flowHash;
  private int hash;

  /** Makes this the exchange that a packet with a message belongs to. */
  void set(Dissector packet, DnsMessage message) {
    if (message.isResponse()) {
      clientHigh = packet.destinationHigh();
      clientLow = packet.destinationLow();
      serverHigh = packet.sourceHigh();
      serverLow = packet.sourceLow();
      ports = (packet.destinationPort() << 16) | packet.sourcePort();
    } else {
      clientHigh = packet.sourceHigh();
      clientLow = packet.sourceLow();
      serverHigh = packet.destinationHigh();
      serverLow = packet.destinationLow();
      ports = (packet.sourcePort() << 16) | packet.destinationPort();
    }
    id = message.id();
    tcp = packet.isTcp();
    rehash();
  }

  /** Makes this equal to another exchange. */
  void set(Exchange other) {
    clientHigh = other.clientHigh;
    clientLow = other.clientLow;
    serverHigh = other.serverHigh;
    serverLow = other.serverLow;
    ports = other.ports;
    id = other.id;
    tcp = other.tcp;
    flowHash = other.flowHash;
    hash = other.hash;
  }

  IpAddress client() {
    return new IpAddress(clientHigh, clientLow);
  }

  IpAddress server() {
    return new IpAddress(serverHigh, serverLow);
  }

  /** The upper 64 bits of the client's address, see {@link IpAddress}. */
  long clientHigh() {
    return clientHigh;
  }

  long clientLow() {
    return clientLow;
  }

  long serverHigh() {
    return serverHigh;
  }

  long serverLow() {
    return serverLow;
  }

  boolean isTcp() {
    return tcp;
  }

  /** Whether both are the same, their id included. */
  boolean isSame(Exchange other) {
    return id == other.id && isSameFlow(other);
  }

  /** Whether both come from the same socket of the client to the same server. */
  boolean isSameFlow(Exchange other) {
    return ports == other.ports
        && clientLow == other.clientLow
        && clientHigh == other.clientHigh
        && serverLow == other.serverLow
        && serverHigh == other.serverHigh
        && tcp == other.tcp;
  }

  /** The same for all exchanges of one flow. */
  int flowHash() {
    return flowHash;
  }

  /** For {@link #isSame}. */
  int hash() {
    return hash;
  }

  private void rehash() {
    long flow =
        SeededHash.part(0, clientHigh)
            + SeededHash.part(1, clientLow)
            + SeededHash.part(2, serverHigh)
            + SeededHash.part(3, serverLow)
            + SeededHash.part(4, ports);
    flowHash = SeededHash.of(flow);
    hash = SeededHash.of(flow + SeededHash.part(5, tcp ? ~id : id));
  }
}
