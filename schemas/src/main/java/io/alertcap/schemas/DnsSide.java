package io.alertcap.schemas;

import java.util.List;
import java.util.Map;
import java.util.Optional;

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
 * @param rcodes answers by their rcode's name, in alphabetical order
 * @param latency from the query to its first answer, absent without answers
 * @param slowestNames at most 20, the slowest first
 * @param otherNames answered transactions whose names are in none of these rows
 * @param peers clients of what is served, servers of what is asked: at most 10, those with most
 *     queries first
 * @param otherPeers queries from, or to, those that are in none of these rows
 */
public record DnsSide(
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
    Map<String, Long> rcodes,
    Optional<Latency> latency,
    List<SlowName> slowestNames,
    long otherNames,
    List<DnsPeer> peers,
    long otherPeers) {

  public static final int MAX_SLOWEST_NAMES = 20;
  public static final int MAX_PEERS = 10;

  /** EDNS has 4,096 of them; a capture that shows more than these is noise. */
  public static final int MAX_RCODES = 32;

  public DnsSide {
    Constraints.count(queries, "queries");
    Constraints.count(retransmissions, "retransmissions");
    Constraints.count(answered, "answered");
    Constraints.count(late, "late");
    Constraints.count(unanswered, "unanswered");
    Constraints.count(undecided, "undecided");
    Constraints.count(repeatedAnswers, "repeatedAnswers");
    Constraints.count(slow, "slow");
    Constraints.count(truncated, "truncated");
    Constraints.count(truncatedWithoutEdns, "truncatedWithoutEdns");
    Constraints.count(tcp, "tcp");
    Constraints.count(searchExpansions, "searchExpansions");
    Constraints.count(conntrackRaces, "conntrackRaces");
    rcodes = Constraints.counts(rcodes, MAX_RCODES, "rcodes");
    latency = Constraints.optional(latency);
    slowestNames = Constraints.list(slowestNames, MAX_SLOWEST_NAMES, "slowestNames");
    Constraints.count(otherNames, "otherNames");
    peers = Constraints.list(peers, MAX_PEERS, "peers");
    Constraints.count(otherPeers, "otherPeers");
  }

  /** Queries whose time for an answer is over, or that have one. */
  public long decided() {
    return answered + unanswered;
  }

  /** Answers with an rcode. */
  public long answers(String rcode) {
    return rcodes.getOrDefault(rcode, 0L);
  }
}
