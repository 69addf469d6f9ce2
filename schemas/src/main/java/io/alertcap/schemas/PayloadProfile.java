package io.alertcap.schemas;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * How much of each packet leaves the node, from the most to the least. Lengths stay true: a packet
 * that is cut still says how long it was on the wire.
 */
public enum PayloadProfile {
  /** Every captured byte. */
  FULL,
  /** DNS packets whole; of every other packet what {@link #HEADERS} leaves. */
  DNS,
  /**
   * Everything up to the end of the transport header: TCP with its options, UDP, 8 bytes of ICMP;
   * without one, as in later fragments, up to the end of the IP header or of the link's. ARP stays
   * whole. Of a link layer that cannot be read, nothing but the lengths is left.
   */
  HEADERS;

  /** As it stands in rules and in the node's policy. */
  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one of the two that lets less through. */
  public PayloadProfile stricter(PayloadProfile other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
