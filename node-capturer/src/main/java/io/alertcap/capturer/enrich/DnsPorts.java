package io.alertcap.capturer.enrich;

import io.alertcap.capturer.dissect.Dissector;
import java.util.Set;
import java.util.TreeSet;

/**
 * The UDP and TCP ports on which DNS is spoken.
 *
 * @param ports each from 1 to 65535
 */
public record DnsPorts(Set<Integer> ports) {

  /** The one that IANA assigned. */
  public static final DnsPorts STANDARD = new DnsPorts(Set.of(53));

  public static final int HIGHEST = 65_535;

  public DnsPorts {
    ports = Set.copyOf(new TreeSet<>(ports));
  }

  /** These, and others. */
  public DnsPorts and(Set<Integer> others) {
    Set<Integer> all = new TreeSet<>(ports);
    all.addAll(others);
    return new DnsPorts(all);
  }

  boolean concerns(Dissector packet) {
    return (packet.isUdp() || packet.isTcp())
        && (ports.contains(packet.sourcePort()) || ports.contains(packet.destinationPort()));
  }
}
