package io.alertcap.capturer.dns;

import java.util.List;
import java.util.Optional;

/**
 * What the DNS packets of a capture say.
 *
 * @param targetKnown how it is known which address is the target's
 * @param target its addresses, none where unknown
 * @param messages what was counted before anything was matched
 * @param served queries that the target was asked; absent if there are none
 * @param upstream queries that the target asked
 * @param other queries between others, or all where the target is unknown
 * @param forwarding how served and upstream ones go together, present where both are
 */
public record DnsReport(
    Verdict verdict,
    TargetKnown targetKnown,
    List<String> target,
    Messages messages,
    Optional<SideReport> served,
    Optional<SideReport> upstream,
    Optional<SideReport> other,
    Optional<ForwardingReport> forwarding) {

  public DnsReport {
    target = List.copyOf(target);
  }

  /** How it is known which address is the target's. */
  public enum TargetKnown {
    /** By whoever asked for the analysis. */
    GIVEN,
    /** It is the one address in all DNS packets, with several others on the other side. */
    INFERRED,
    UNKNOWN
  }

  /**
   * DNS messages. A message that is seen on its way through several interfaces counts once for
   * each.
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
  public record Messages(
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
      long forgotten) {}
}
