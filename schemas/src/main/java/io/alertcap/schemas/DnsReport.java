package io.alertcap.schemas;

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
    DnsMessages messages,
    Optional<DnsSide> served,
    Optional<DnsSide> upstream,
    Optional<DnsSide> other,
    Optional<DnsForwarding> forwarding) {

  private static final int MAX_ADDRESSES = 64;

  public DnsReport {
    Constraints.present(verdict, "verdict");
    Constraints.present(targetKnown, "targetKnown");
    target = Constraints.list(target, MAX_ADDRESSES, "target");
    Constraints.each(target, "target", Constraints::address);
    Constraints.present(messages, "messages");
    served = Constraints.optional(served);
    upstream = Constraints.optional(upstream);
    other = Constraints.optional(other);
    forwarding = Constraints.optional(forwarding);
  }

  /** The same figures under another verdict. */
  public DnsReport with(Verdict other) {
    return new DnsReport(
        other, targetKnown, target, messages, served, upstream, this.other, forwarding);
  }
}
