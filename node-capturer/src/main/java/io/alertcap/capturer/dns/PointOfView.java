package io.alertcap.capturer.dns;

import io.alertcap.capturer.dissect.IpAddress;
import io.alertcap.schemas.DnsForwarding;
import io.alertcap.schemas.DnsSide;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All transactions as they look to a host with certain addresses. */
final class PointOfView implements TransactionObserver {

  private final List<IpAddress> target;
  private final SideCounts served;
  private final SideCounts upstream;
  private final SideCounts other;
  private final Forwarding forwarding;
  private boolean inEveryTransaction = true;
  private boolean severalPeers;
  private @Nullable IpAddress firstPeer;

  PointOfView(Collection<IpAddress> target, VerdictThresholds thresholds) {
    this.target = List.copyOf(target);
    served = new SideCounts(Role.SERVED, thresholds);
    upstream = new SideCounts(Role.UPSTREAM, thresholds);
    other = new SideCounts(Role.OTHER, thresholds);
    forwarding = new Forwarding(thresholds);
  }

  @Override
  public void asked(Transaction transaction) {
    Role role = role(transaction);
    side(role).asked(transaction);
    switch (role) {
      case SERVED -> forwarding.servedAsked(transaction);
      case UPSTREAM -> forwarding.upstreamAsked(transaction);
      case OTHER -> {}
    }
    judge(role, transaction.exchange());
  }

  @Override
  public void askedAgain(Transaction transaction, long at) {
    side(role(transaction)).askedAgain(transaction, at);
  }

  @Override
  public void answered(Transaction transaction, DnsMessage message) {
    Role role = role(transaction);
    side(role).answered(transaction, message);
    if (role == Role.SERVED) {
      forwarding.servedAnswered(transaction, served.isSlow(transaction));
    }
  }

  @Override
  public void answeredAgain(Transaction transaction) {
    side(role(transaction)).answeredAgain(transaction);
  }

  @Override
  public void ended(Transaction transaction, End end) {
    Role role = role(transaction);
    side(role).ended(transaction, end);
    if (role == Role.SERVED) {
      forwarding.servedEnded(transaction);
    }
  }

  /** The addresses as text, in a fixed order. */
  List<String> target() {
    return target.stream().map(IpAddress::toString).sorted().toList();
  }

  /** Whether only the host at this address can have captured all that, and no other. */
  boolean isTheOnlyOneInAll() {
    return inEveryTransaction && severalPeers;
  }

  Optional<DnsSide> served() {
    return served.report();
  }

  Optional<DnsSide> upstream() {
    return upstream.report();
  }

  Optional<DnsSide> other() {
    return other.report();
  }

  Optional<DnsForwarding> forwarding() {
    return served().isPresent() && upstream().isPresent()
        ? Optional.of(forwarding.report())
        : Optional.empty();
  }

  private void judge(Role role, Exchange exchange) {
    boolean asks = role == Role.SERVED;
    long high = asks ? exchange.clientHigh() : exchange.serverHigh();
    long low = asks ? exchange.clientLow() : exchange.serverLow();
    if (role == Role.OTHER) {
      inEveryTransaction &= IpAddress.isLoopback(exchange.clientHigh(), exchange.clientLow());
    } else if (firstPeer == null) {
      firstPeer = new IpAddress(high, low);
    } else {
      severalPeers |= firstPeer.low() != low || firstPeer.high() != high;
    }
  }

  private Role role(Transaction transaction) {
    Exchange exchange = transaction.exchange();
    long serverHigh = exchange.serverHigh();
    long serverLow = exchange.serverLow();
    if (isTarget(serverHigh, serverLow)) {
      return Role.SERVED;
    }
    boolean withinTarget = !target.isEmpty() && IpAddress.isLoopback(serverHigh, serverLow);
    if (withinTarget) {
      return Role.SERVED;
    }
    return isTarget(exchange.clientHigh(), exchange.clientLow()) ? Role.UPSTREAM : Role.OTHER;
  }

  private boolean isTarget(long high, long low) {
    for (int i = 0; i < target.size(); i++) {
      IpAddress each = target.get(i);
      if (each.low() == low && each.high() == high) {
        return true;
      }
    }
    return false;
  }

  private SideCounts side(Role role) {
    return switch (role) {
      case SERVED -> served;
      case UPSTREAM -> upstream;
      case OTHER -> other;
    };
  }
}
