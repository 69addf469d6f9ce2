package io.alertcap.capturer.tcp;

import io.alertcap.capturer.dissect.Dissector;
import io.alertcap.capturer.statistics.LatencyHistogram;
import io.alertcap.schemas.TcpReport;
import java.util.LinkedHashMap;

/**
 * Counts what the TCP packets of a capture show. At most {@link #MOST_FLOWS} connections are kept
 * track of at a time; those longest silent are let go. Not safe for use by several threads.
 */
public final class TcpFacts {

  static final int MOST_FLOWS = 16_384;

  private static final int OPENING = Dissector.TCP_SYN | Dissector.TCP_ACK;

  private final LinkedHashMap<FlowKey, Flow> flows = new LinkedHashMap<>(16, 0.75f, true);
  private final LatencyHistogram handshakes = new LatencyHistogram();
  private long segments;
  private long allFlows;
  private long opened;
  private long unopened;
  private long refused;
  private long synRetransmissions;
  private long retransmissions;
  private long outOfOrder;
  private long resets;
  private long zeroWindows;
  private long forgotten;

  /**
   * Looks at the next packet; one that is not TCP is passed over.
   *
   * @param epochNanos its time stamp, nanoseconds since 1970
   */
  public void packet(Dissector packet, long epochNanos) {
    if (!packet.isTcp() || packet.isLoopbackEcho()) {
      return;
    }
    segments++;
    int flags = packet.tcpFlags();
    FlowKey key = FlowKey.of(packet);
    Flow flow = flow(key);
    if ((flags & Dissector.TCP_RST) != 0) {
      reset(flow);
      return;
    }
    if ((flags & Dissector.TCP_SYN) != 0) {
      open(flow, key, packet, epochNanos);
      return;
    }
    int fin = flags & Dissector.TCP_FIN;
    if (packet.tcpWindow() == 0 && fin == 0) {
      zeroWindows++;
    }
    place(flow.half(key), packet.tcpSequence(), packet.originalPayloadLength() + fin, epochNanos);
  }

  /** What was seen so far. */
  public TcpReport finish() {
    long waiting = flows.values().stream().filter(each -> each.state == State.ASKED).count();
    return new TcpReport(
        segments,
        allFlows,
        opened,
        unopened + waiting,
        refused,
        handshakes.latency(),
        synRetransmissions,
        retransmissions,
        outOfOrder,
        resets,
        zeroWindows,
        forgotten);
  }

  private Flow flow(FlowKey key) {
    Flow known = flows.get(key);
    if (known != null) {
      return known;
    }
    allFlows++;
    Flow flow = new Flow();
    flows.put(key, flow);
    if (flows.size() > MOST_FLOWS) {
      forgotten++;
      unopened += flows.pollFirstEntry().getValue().state == State.ASKED ? 1 : 0;
    }
    return flow;
  }

  private void reset(Flow flow) {
    resets++;
    if (flow.state == State.ASKED) {
      refused++;
      unopened++;
      flow.state = State.OTHER;
    }
  }

  private void open(Flow flow, FlowKey key, Dissector packet, long at) {
    int sequence = packet.tcpSequence();
    if ((packet.tcpFlags() & OPENING) == Dissector.TCP_SYN) {
      if (flow.state == State.ASKED && flow.synSequence == sequence) {
        synRetransmissions++;
        return;
      }
      unopened += flow.state == State.ASKED ? 1 : 0;
      flow.restart(sequence, at);
    } else if (flow.state == State.ASKED && packet.tcpAcknowledgment() == flow.synSequence + 1) {
      flow.state = State.OPENED;
      opened++;
      handshakes.record(at - flow.synAt);
    } else if (flow.state == State.OPENED) {
      synRetransmissions++;
      return;
    }
    flow.half(key).place(sequence, 1 + packet.originalPayloadLength(), at);
  }

  private void place(Half half, int sequence, int length, long at) {
    if (length == 0 || half.isKeepAlive(sequence, length)) {
      return;
    }
    switch (half.place(sequence, length, at)) {
      case NEW -> {}
      case AGAIN -> retransmissions++;
      case OUT_OF_ORDER -> outOfOrder++;
    }
  }

  private enum State {
    /** Its beginning was not seen, or it is over. */
    OTHER,
    ASKED,
    OPENED
  }

  private static final class Flow {

    private final Half fromLower = new Half();
    private final Half fromUpper = new Half();
    private State state = State.OTHER;
    private int synSequence;
    private long synAt;

    Half half(FlowKey key) {
      return key.isFromLower() ? fromLower : fromUpper;
    }

    void restart(int sequence, long at) {
      fromLower.restart();
      fromUpper.restart();
      state = State.ASKED;
      synSequence = sequence;
      synAt = at;
    }
  }
}
