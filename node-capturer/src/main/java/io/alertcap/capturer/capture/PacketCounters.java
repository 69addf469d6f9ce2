package io.alertcap.capturer.capture;

/**
 * What the kernel counted (pcap_stats(3PCAP)).
 *
 * @param received packets that passed the filter, dropped ones among them
 * @param dropped packets lost because the ring was full
 * @param droppedByInterface as libpcap reports it. On Linux it counts only in promiscuous mode,
 *     which is never used here, so 0 means "not counted".
 */
public record PacketCounters(long received, long dropped, long droppedByInterface) {

  /** These, without what was counted up to a point in time. */
  PacketCounters since(PacketCounters before) {
    return new PacketCounters(
        received - before.received, dropped - before.dropped, droppedByInterface);
  }

  /** These, and packets that nobody counted. */
  PacketCounters including(long uncounted) {
    return new PacketCounters(received + uncounted, dropped, droppedByInterface);
  }
}
