package io.alertcap.schemas;

import java.util.Random;
import java.util.stream.LongStream;

/**
 * Where the random values of property tests come from: new ones in each run. A test's name holds
 * its seed; {@code -Dalertcap.seed=} repeats it.
 */
public final class Seeds {

  private static final int RUNS = 100;

  private Seeds() {}

  public static LongStream seeds() {
    Long chosen = Long.getLong("alertcap.seed");
    return chosen == null ? new Random().longs(RUNS) : LongStream.of(chosen);
  }
}
