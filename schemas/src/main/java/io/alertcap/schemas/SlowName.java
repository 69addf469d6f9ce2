package io.alertcap.schemas;

/**
 * A name and how long its answers took.
 *
 * @param name as zone files write it, escaped
 * @param type of the records that were asked for, {@code A}
 * @param answers since the name is in the table of slow names: all of them while there was room
 */
public record SlowName(
    String name, String type, long answers, long meanMicros, long slowestMicros) {

  /** 255 bytes, each of which may be escaped as {@code \DDD}. */
  private static final int MAX_LENGTH = 1024;

  public SlowName {
    Constraints.atMost(name, MAX_LENGTH, "name");
    Constraints.dnsMnemonic(type, "type");
    Constraints.count(answers, "answers");
    Constraints.count(meanMicros, "meanMicros");
    Constraints.count(slowestMicros, "slowestMicros");
  }
}
