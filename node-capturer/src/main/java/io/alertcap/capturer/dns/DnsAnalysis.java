package io.alertcap.capturer.dns;

import io.alertcap.capturer.dissect.Dissector;
import io.alertcap.capturer.dissect.IpAddress;
import io.alertcap.schemas.DnsReport;
import io.alertcap.schemas.TargetKnown;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at the packets of a capture, one after the other, and says in the end what their DNS
 * messages show. Takes any bytes without an exception, and a memory that does not depend on how
 * many packets, clients or names there are. Not safe for use by several threads.
 */
public final class DnsAnalysis {

  private static final int DNS_PORT = 53;
  private static final int UDP = 17;

  private final BitSet ports = new BitSet();
  private final VerdictThresholds thresholds;
  private final DnsMessage message = new DnsMessage();
  private final Exchange exchange = new Exchange();
  private final TcpMessages tcpMessages = new TcpMessages(this::tcpMessage);
  private final TransactionTable table;
  private final List<PointOfView> pointsOfView = new ArrayList<>();

  /** The points of view, and then the transcript. */
  private final List<TransactionObserver> observers = new ArrayList<>();

  private final boolean targetGiven;
  private final MessageCounts counts = new MessageCounts();
  private Dissector packet = new Dissector();
  private long now;

  /**
   * An analysis of one capture.
   *
   * @param target addresses of the target; where there are none, they are inferred if that can be
   * @param morePorts of DNS servers, besides 53
   * @param transcript takes a line for each transaction; closed by whoever opened it
   */
  public DnsAnalysis(
      Set<IpAddress> target,
      Set<Integer> morePorts,
      VerdictThresholds thresholds,
      Optional<Transcript> transcript) {
    this.thresholds = thresholds;
    observers.addAll(transcript.stream().toList());
    ports.set(DNS_PORT);
    morePorts.forEach(ports::set);
    table = new TransactionTable(thresholds.answerTimeout().toNanos(), new Everyone());
    add(new PointOfView(target, thresholds));
    targetGiven = !target.isEmpty();
  }

  /**
   * Looks at the next packet.
   *
   * @param dissected the packet, whose bytes are not kept
   * @param epochNanos its time stamp, nanoseconds since 1970; times may go back
   */
  public void packet(Dissector dissected, long epochNanos) {
    packet = dissected;
    now = epochNanos;
    if (packet.isLoopbackEcho()) {
      return;
    }
    if (packet.isLaterFragment()) {
      counts.laterFragments += packet.protocol() == UDP ? 1 : 0;
    } else if (packet.isUdp() && isDns()) {
      datagram();
    } else if (packet.isTcp() && isDns()) {
      tcpMessages.segment(packet);
    }
  }

  /** Ends the analysis at the time of its last packet, see {@link #finish(long)}. */
  public DnsReport finish() {
    return finish(now);
  }

  /**
   * Ends the analysis; nothing may be called after it.
   *
   * @param epochNanos when the capture ended: by then a query may have been unanswered for too long
   *     although no packet came after it
   */
  public DnsReport finish(long epochNanos) {
    table.finish(Math.max(now, epochNanos));
    PointOfView chosen = chosen();
    TargetKnown known =
        targetGiven
            ? TargetKnown.GIVEN
            : chosen == pointsOfView.getFirst() ? TargetKnown.UNKNOWN : TargetKnown.INFERRED;
    Evidence evidence =
        new Evidence(
            known,
            counts.report(table, tcpMessages.gaps()),
            chosen.served(),
            chosen.upstream(),
            chosen.other(),
            chosen.forwarding());
    return new DnsReport(
        new Judge(thresholds).judge(evidence),
        known,
        chosen.target(),
        evidence.messages(),
        evidence.served(),
        evidence.upstream(),
        evidence.other(),
        evidence.forwarding());
  }

  private boolean isDns() {
    return ports.get(packet.sourcePort()) || ports.get(packet.destinationPort());
  }

  private void datagram() {
    counts.fragments += packet.isFragment() ? 1 : 0;
    counts.cut += packet.isTruncated() && !packet.isFragment() ? 1 : 0;
    message(packet.data(), packet.payloadOffset(), packet.payloadLength());
  }

  private void tcpMessage(byte[] data, int offset, int length) {
    message(data, offset, length);
    counts.tcp++;
  }

  private void message(byte[] data, int offset, int length) {
    if (!message.read(data, offset, length)) {
      counts.malformed++;
      return;
    }
    boolean response = message.isResponse();
    counts.answers += response ? 1 : 0;
    counts.queries += response ? 0 : 1;
    if (message.hasQuestion() || (response && message.questions() == 0)) {
      exchange.set(packet, message);
      table.message(exchange, message, now, packet.interfaceIndex());
    } else {
      counts.malformed++;
    }
  }

  /** Without a target's addresses, both ends of the first transaction are tried as the target. */
  private void inferFrom(Exchange first) {
    for (IpAddress each : List.of(first.client(), first.server())) {
      add(new PointOfView(Set.of(each), thresholds));
    }
  }

  private void add(PointOfView pointOfView) {
    observers.add(pointsOfView.size(), pointOfView);
    pointsOfView.add(pointOfView);
  }

  private PointOfView chosen() {
    List<PointOfView> fitting =
        pointsOfView.stream().skip(1).filter(PointOfView::isTheOnlyOneInAll).toList();
    return fitting.size() == 1 ? fitting.getFirst() : pointsOfView.getFirst();
  }

  /** Passes on what becomes of transactions. */
  private final class Everyone implements TransactionObserver {

    @Override
    public void asked(Transaction transaction) {
      if (!targetGiven && pointsOfView.size() == 1) {
        Exchange first = transaction.exchange();
        if (!IpAddress.isLoopback(first.serverHigh(), first.serverLow())) {
          inferFrom(first);
        }
      }
      for (int i = 0; i < observers.size(); i++) {
        observers.get(i).asked(transaction);
      }
    }

    @Override
    public void askedAgain(Transaction transaction, long at) {
      observers.forEach(each -> each.askedAgain(transaction, at));
    }

    @Override
    public void answered(Transaction transaction, DnsMessage answer) {
      for (int i = 0; i < observers.size(); i++) {
        observers.get(i).answered(transaction, answer);
      }
    }

    @Override
    public void answeredAgain(Transaction transaction) {
      observers.forEach(each -> each.answeredAgain(transaction));
    }

    @Override
    public void ended(Transaction transaction, End end) {
      counts.forgotten += end == End.FORGOTTEN ? 1 : 0;
      for (int i = 0; i < observers.size(); i++) {
        observers.get(i).ended(transaction, end);
      }
    }
  }
}
