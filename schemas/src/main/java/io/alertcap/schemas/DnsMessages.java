package io.alertcap.schemas;

/**
 * DNS messages. A message that is seen on its way through several interfaces counts once for each.
 *
 * @param queries as they were seen, repeated ones too
 * @param answers likewise
 * @param tcp of both, over TCP
 * @param strayAnswers answers whose query is not in the capture
 * @param transits seen before on another interface
 * @param malformed not even the question can be read
 * @param cut shorter than on the wire, by the snapshot length
 * @param fragments first parts of fragmented messages, which are read as far as they go
 * @param laterFragments further parts of any UDP packets, which are not
 * @param tcpGaps parts of TCP streams that are not in the capture
 * @param forgotten queries that were under way when there were too many
 */
public record DnsMessages(
    long queries,
    long answers,
    long tcp,
    long strayAnswers,
    long transits,
    long malformed,
    long cut,
    long fragments,
    long laterFragments,
    long tcpGaps,
    long forgotten) {

  public DnsMessages {
    Constraints.count(queries, "queries");
    Constraints.count(answers, "answers");
    Constraints.count(tcp, "tcp");
    Constraints.count(strayAnswers, "strayAnswers");
    Constraints.count(transits, "transits");
    Constraints.count(malformed, "malformed");
    Constraints.count(cut, "cut");
    Constraints.count(fragments, "fragments");
    Constraints.count(laterFragments, "laterFragments");
    Constraints.count(tcpGaps, "tcpGaps");
    Constraints.count(forgotten, "forgotten");
  }
}
