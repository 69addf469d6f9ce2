package io.alertcap.schemas;

/**
 * The other side of transactions.
 *
 * @param queries since the address is in the table, as are the others: all while there was room
 * @param meanMicros 0 without answers
 * @param slowestMicros 0 without answers
 */
public record DnsPeer(
    String address,
    long queries,
    long answered,
    long unanswered,
    long meanMicros,
    long slowestMicros) {

  public DnsPeer {
    Constraints.address(address, "address");
    Constraints.count(queries, "queries");
    Constraints.count(answered, "answered");
    Constraints.count(unanswered, "unanswered");
    Constraints.count(meanMicros, "meanMicros");
    Constraints.count(slowestMicros, "slowestMicros");
  }
}
