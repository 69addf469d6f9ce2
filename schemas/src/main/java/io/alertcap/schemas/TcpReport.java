package io.alertcap.schemas;

import java.util.Optional;

/**
 * What the TCP packets of a capture show. A packet that is seen on its way through several
 * interfaces is taken for one that was sent again.
 *
 * @param segments all TCP packets
 * @param flows connections of which any packet was seen
 * @param opened connections whose SYN and SYN-ACK are in the capture
 * @param unopened connections whose SYN got no answer in the capture
 * @param refused of those, the ones whose answer was a reset
 * @param handshake from the first SYN to the first SYN-ACK; absent where none was seen
 * @param synRetransmissions SYN and SYN-ACK segments that were sent again
 * @param retransmissions segments with payload from before the end of what was seen, whether it was
 *     seen or lost on its way to the capture
 * @param outOfOrder those that came within 3 ms after the newest one, and so are late rather than
 *     sent again
 * @param resets RST segments
 * @param zeroWindows segments that say that no more can be taken, other than SYN, FIN and RST
 * @param forgotten connections that were let go of because there were too many at a time; what
 *     comes after of them counts as a new one
 */
public record TcpReport(
    long segments,
    long flows,
    long opened,
    long unopened,
    long refused,
    Optional<Latency> handshake,
    long synRetransmissions,
    long retransmissions,
    long outOfOrder,
    long resets,
    long zeroWindows,
    long forgotten) {

  public TcpReport {
    Constraints.count(segments, "segments");
    Constraints.count(flows, "flows");
    Constraints.count(opened, "opened");
    Constraints.count(unopened, "unopened");
    Constraints.count(refused, "refused");
    handshake = Constraints.optional(handshake);
    Constraints.count(synRetransmissions, "synRetransmissions");
    Constraints.count(retransmissions, "retransmissions");
    Constraints.count(outOfOrder, "outOfOrder");
    Constraints.count(resets, "resets");
    Constraints.count(zeroWindows, "zeroWindows");
    Constraints.count(forgotten, "forgotten");
  }
}
