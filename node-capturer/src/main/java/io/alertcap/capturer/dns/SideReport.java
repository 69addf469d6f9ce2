package io.alertcap.capturer.dns;

import io.alertcap.capturer.statistics.Latency;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Transactions that the target has the same part in. {@code queries} is the sum of {@code
 * answered}, {@code unanswered} and {@code undecided}.
 *
 * @param queries without the retransmitted ones
 * @param retransmissions queries repeated while under way
 * @param late answers that took longer than the time for an answer
 * @param undecided the capture ended, or its queries became too many to keep track of, before the
 *     time for an answer was over
 * @param repeatedAnswers further answers to a query that had one
 * @param slow answers slower than the threshold
 * @param truncated answers with the TC flag
 * @param truncatedWithoutEdns of those, to clients that take no more than 512 bytes
 * @param tcp transactions over TCP
 * @param searchExpansions NXDOMAIN answers after which the client went on along its search list
 * @param conntrackRaces pairs of A and AAAA queries of which one was lost, see {@link
 *     VerdictCode#CONNTRACK_RACE}
 * @param rcodes answers by their rcode's name
 * @param latency from the query to its first answer, absent without answers
 * @param slowestNames at most 20, the slowest first
 * @param otherNames answered transactions whose names are in none of these rows
 * @param peers clients of what is served, servers of what is asked: at most 10, those with most
 *     queries first
 * @param otherPeers queries from, or to, those that are in none of these rows
 */
public record SideReport(
    long queries,
    long retransmissions,
    long answered,
    long late,
    long unanswered,
    long undecided,
    long repeatedAnswers,
    long slow,
    long truncated,
    long truncatedWithoutEdns,
    long tcp,
    long searchExpansions,
    long conntrackRaces,
    SortedMap<String, Long> rcodes,
    Optional<Latency> latency,
    List<SlowName> slowestNames,
    long otherNames,
    List<Peer> peers,
    long otherPeers) {

  /** Queries whose time for an answer is over, or that have one. */
  public long decided() {
    return answered + unanswered;
  }

  /** Answers with an rcode. */
  public long answers(String rcode) {
    return rcodes.getOrDefault(rcode, 0L);
  }

  /**
   * A name and how long its answers took.
   *
   * @param name as zone files write it, escaped
   * @param answers since the name is in the table of slow names: all of them while there was room
   */
  public record SlowName(
      String name, String type, long answers, long meanMicros, long slowestMicros) {}

  /**
   * The other side of transactions.
   *
   * @param queries since the address is in the table, as are the others: all while there was room
   * @param meanMicros 0 without answers
   * @param slowestMicros 0 without answers
   */
  public record Peer(
      String address,
      long queries,
      long answered,
      long unanswered,
      long meanMicros,
      long slowestMicros) {}
}
