package io.alertcap.capturer.statistics;

import java.security.SecureRandom;

/**
 * Hashes under keys that are drawn when the process starts, so that nobody can send packets whose
 * keys all collide. The function is Multilinear-HM (Lemire and Kaser, 2014, "Strongly universal
 * string hashing is fast"): two keys of one length collide with a probability of 2<sup>-32</sup>,
 * whatever they are.
 *
 * <p>A hash is {@link #of} the sum of the {@link #part parts} of a key's words.
 */
public final class SeededHash {

  /** As many words of 64 bits as the longest key may have. */
  public static final int MOST_WORDS = 34;

  private static final long[] SEEDS = new SecureRandom().longs(2 * MOST_WORDS).toArray();

  private SeededHash() {}

  /** What the word with that index, from 0 on, adds to its key's sum. */
  public static long part(int index, long word) {
    return (SEEDS[2 * index] + (word >>> 32)) * (SEEDS[2 * index + 1] + (word & 0xffff_ffffL));
  }

  /** The hash of a key, by the sum of its parts. */
  public static int of(long sum) {
    return (int) (sum >>> 32);
  }

  /** The hash of two addresses and their two ports, in an order that the caller fixes. */
  public static int ofFlow(long firstHigh, long firstLow, long lastHigh, long lastLow, int ports) {
    return of(
        part(0, firstHigh)
            + part(1, firstLow)
            + part(2, lastHigh)
            + part(3, lastLow)
            + part(4, ports));
  }

  /** The hash of an address. */
  public static int ofAddress(long high, long low) {
    return of(part(0, high) + part(1, low));
  }
}
