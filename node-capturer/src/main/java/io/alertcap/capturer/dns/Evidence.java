package io.alertcap.capturer.dns;

import io.alertcap.schemas.DnsForwarding;
import io.alertcap.schemas.DnsMessages;
import io.alertcap.schemas.DnsSide;
import io.alertcap.schemas.TargetKnown;
import java.util.Optional;
import java.util.stream.Stream;

/** What is judged. */
record Evidence(
    TargetKnown targetKnown,
    DnsMessages messages,
    Optional<DnsSide> served,
    Optional<DnsSide> upstream,
    Optional<DnsSide> other,
    Optional<DnsForwarding> forwarding) {

  Stream<Side> sides() {
    return Stream.of(
            served.map(report -> new Side(Role.SERVED, report)),
            upstream.map(report -> new Side(Role.UPSTREAM, report)),
            other.map(report -> new Side(Role.OTHER, report)))
        .flatMap(Optional::stream);
  }

  /** What the capture cannot show. */
  String whoseSide() {
    if (targetKnown == TargetKnown.UNKNOWN) {
      return "Which of the addresses is the target's is not known, so this is about all DNS"
          + " traffic in the capture.";
    }
    String inferred =
        targetKnown == TargetKnown.INFERRED
            ? "The target is taken to be the one address that all DNS packets share. "
            : "";
    return inferred + knownSide();
  }

  private String knownSide() {
    if (served.isPresent() && upstream.isPresent()) {
      return "Seen from the target, which both answers and asks.";
    }
    return served.isPresent()
        ? "Seen from the server's side only: what is lost before it comes in, or after it goes"
            + " out, does not show."
        : "Seen from the client's side only: whether the network or the server is to blame does"
            + " not show.";
  }
}
