package io.alertcap.schemas;

import java.util.Optional;

/**
 * What became of the queries that the target served. One counts as forwarded if the target sent a
 * query for the same name and type while it was under way; what a recursive resolver asks for on
 * its way, under other names, is not known to belong to it.
 *
 * @param forwarded answered after an upstream was asked
 * @param own answered without
 * @param slowByUpstream slow answers of whose time the upstream took the threshold's share or more
 * @param medianShare of the time that a forwarded query took, the part that its upstream took, 0 to
 *     1; absent without forwarded ones
 * @param forwardedLatency of forwarded queries, as their clients see it
 * @param ownLatency of the others
 */
public record DnsForwarding(
    long forwarded,
    long own,
    long slowByUpstream,
    Optional<Double> medianShare,
    Optional<Latency> forwardedLatency,
    Optional<Latency> ownLatency) {

  public DnsForwarding {
    Constraints.count(forwarded, "forwarded");
    Constraints.count(own, "own");
    Constraints.count(slowByUpstream, "slowByUpstream");
    medianShare = Constraints.optional(medianShare);
    medianShare.ifPresent(share -> Constraints.share(share, "medianShare"));
    forwardedLatency = Constraints.optional(forwardedLatency);
    ownLatency = Constraints.optional(ownLatency);
  }
}
