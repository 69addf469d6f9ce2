package org.pcap4j.core;

import com.sun.jna.Pointer;
import org.jspecify.annotations.NullMarked;

/**
 * libpcap's {@code pcap_dumper_t} behind a pcap4j dumper. In pcap4j's package because pcap4j shows
 * it to nobody else; see docs/decisions/0036-a-larger-stdio-buffer.md.
 */
@NullMarked
public final class DumperPointer {

  private DumperPointer() {}

  /** Valid until the dumper is closed. */
  public static Pointer of(PcapDumper dumper) {
    return dumper.getDumper();
  }
}
