package io.alertcap.capturer.dissect;

import java.util.Optional;

/**
 * The link layers whose packets can be read, named as libpcap names them. The numbers are those of
 * <a href="https://www.tcpdump.org/linktypes.html">tcpdump's list of link types</a>, the ones that
 * stand in pcap and pcapng files.
 */
public enum LinkType {
  NULL(0),
  EN10MB(1),
  RAW(101),
  LOOP(108),
  LINUX_SLL(113),
  IPV4(228),
  IPV6(229),
  LINUX_SLL2(276);

  /** {@code DLT_RAW} on Linux, which programs write that take one numbering for the other. */
  private static final int RAW_OF_LINUX = 12;

  private final int number;

  LinkType(int number) {
    this.number = number;
  }

  /** The number in a file's header. */
  public int number() {
    return number;
  }

  /** The link type of a number in a file's header, absent where its packets cannot be read. */
  public static Optional<LinkType> of(int number) {
    if (number == RAW_OF_LINUX) {
      return Optional.of(RAW);
    }
    for (LinkType each : values()) {
      if (each.number == number) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
