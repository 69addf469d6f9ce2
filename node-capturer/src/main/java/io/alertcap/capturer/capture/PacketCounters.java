package io.alertcap.capturer.capture;

/**
 * What the kernel counted (pcap_stats(3PCAP)).
 *
 * @param received packets that passed the filter, dropped ones among them. Those that arrived in
 *     the fraction of a millisecond between opening and filtering count as well; they are kept out
 *     of the file, but not out of this number.
 * @param dropped packets lost because the ring was full
 * @param droppedByInterface as libpcap reports it. On Linux it counts only in promiscuous mode,
 *     which is never used here, so 0 means "not counted".
 */
public record PacketCounters(long received, long dropped, long droppedByInterface) {}
