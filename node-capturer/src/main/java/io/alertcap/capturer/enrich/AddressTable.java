package io.alertcap.capturer.enrich;

import io.alertcap.capturer.dissect.Dissector;
import io.alertcap.capturer.dissect.IpAddress;
import io.alertcap.capturer.statistics.SeededHash;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Counts packets and bytes by address, without allocating per packet, for the first {@link #MOST}
 * addresses; packets of later ones are not counted. A hash table with open addressing.
 */
final class AddressTable {

  /** A scan of a network has more; this keeps the table at 2 MiB. */
  static final int MOST = 32_768;

  private static final int FIRST_CAPACITY = 1024;

  /** What a slot holds: both halves of an address, and its counts. */
  private static final int HIGH = 0;

  private static final int LOW = 1;
  private static final int PACKETS = 2;
  private static final int BYTES = 3;
  private static final int SLOT = 4;

  private long[] slots = new long[FIRST_CAPACITY * SLOT];
  private int size;
  private boolean leftOut;

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

  /** Whether there were packets of addresses for which there was no room. */
  boolean leavesOut() {
    return leftOut;
  }

  /** The addresses with the most packets, most first. */
  List<Entry> byPackets() {
    return IntStream.range(0, slots.length / SLOT)
        .map(slot -> slot * SLOT)
        .filter(at -> slots[at + PACKETS] > 0)
        .mapToObj(at -> entry(slots, at))
        .sorted(Comparator.comparingLong(Entry::packets).reversed())
        .toList();
  }

  record Entry(IpAddress address, long packets, long bytes) {}

  private static Entry entry(long[] slots, int at) {
    IpAddress address = new IpAddress(slots[at + HIGH], slots[at + LOW]);
    return new Entry(address, slots[at + PACKETS], slots[at + BYTES]);
  }

  private void add(long high, long low, long packets, long bytes) {
    int at = find(high, low);
    if (slots[at + PACKETS] == 0) {
      if (size == MOST) {
        leftOut = true;
        return;
      }
      slots[at + HIGH] = high;
      slots[at + LOW] = low;
      size++;
    }
    slots[at + PACKETS] += packets;
    slots[at + BYTES] += bytes;
    if (size * 2 * SLOT > slots.length) {
      grow();
    }
  }

  /** Where an address stands, or is to stand. */
  private int find(long high, long low) {
    int mask = slots.length - 1;
    int at = (SeededHash.ofAddress(high, low) * SLOT) & mask;
    while (slots[at + PACKETS] > 0 && (slots[at + LOW] != low || slots[at + HIGH] != high)) {
      at = (at + SLOT) & mask;
    }
    return at;
  }

  private void grow() {
    long[] before = slots;
    slots = new long[before.length * 2];
    size = 0;
    for (int at = 0; at < before.length; at += SLOT) {
      if (before[at + PACKETS] > 0) {
        add(before[at + HIGH], before[at + LOW], before[at + PACKETS], before[at + BYTES]);
      }
    }
  }
}
