package io.alertcap.capturer.enrich;

import io.alertcap.capturer.dissect.Dissector;
import io.alertcap.capturer.dissect.IpAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Counts packets and bytes by address, without allocating per packet, for the first {@link #MOST}
 * addresses; packets of later ones are not counted. A hash table with open addressing.
 */
final class AddressTable {

  /** A scan of a network has more; this keeps the table below 3 MiB. */
  static final int MOST = 32_768;

  private static final int FIRST_CAPACITY = 1024;

  private long[] high = new long[FIRST_CAPACITY];
  private long[] low = new long[FIRST_CAPACITY];
  private long[] packets = new long[FIRST_CAPACITY];
  private long[] bytes = new long[FIRST_CAPACITY];
  private int size;

  /** Counts an IP packet once for each of its addresses, any other not at all. */
  void count(Dissector packet, long originalLength) {
    if (packet.family() == 0) {
      return;
    }
    add(packet.sourceHigh(), packet.sourceLow(), 1, originalLength);
    if (packet.sourceLow() != packet.destinationLow()
        || packet.sourceHigh() != packet.destinationHigh()) {
      add(packet.destinationHigh(), packet.destinationLow(), 1, originalLength);
    }
  }

  int size() {
    return size;
  }

  /** The addresses with the most packets, most first. */
  List<Entry> byPackets() {
    return IntStream.range(0, packets.length)
        .filter(slot -> packets[slot] > 0)
        .mapToObj(
            slot -> new Entry(new IpAddress(high[slot], low[slot]), packets[slot], bytes[slot]))
        .sorted(Comparator.comparingLong(Entry::packets).reversed())
        .toList();
  }

  record Entry(IpAddress address, long packets, long bytes) {}

  private void add(long newHigh, long newLow, long newPackets, long newBytes) {
    int mask = high.length - 1;
    int slot = hash(newHigh, newLow) & mask;
    while (packets[slot] > 0) {
      if (high[slot] == newHigh && low[slot] == newLow) {
        packets[slot] += newPackets;
        bytes[slot] += newBytes;
        return;
      }
      slot = (slot + 1) & mask;
    }
    if (size == MOST) {
      return;
    }
    high[slot] = newHigh;
    low[slot] = newLow;
    packets[slot] = newPackets;
    bytes[slot] = newBytes;
    size++;
    if (size * 2 > high.length) {
      grow();
    }
  }

  private void grow() {
    List<Entry> entries = new ArrayList<>(byPackets());
    int capacity = high.length * 2;
    high = new long[capacity];
    low = new long[capacity];
    packets = new long[capacity];
    bytes = new long[capacity];
    size = 0;
    for (Entry entry : entries) {
      add(entry.address().high(), entry.address().low(), entry.packets(), entry.bytes());
    }
  }

  /** Multiplies, and takes the well-mixed upper bits (Fibonacci hashing). */
  private static int hash(long newHigh, long newLow) {
    long mixed = (newHigh * 0x9e3779b97f4a7c15L + newLow) * 0x9e3779b97f4a7c15L;
    return (int) (mixed >>> 40);
  }
}
