package io.alertcap.capturer.dns;

import io.alertcap.capturer.dissect.Dissector;
import io.alertcap.capturer.statistics.SeededHash;
import java.util.Arrays;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * DNS messages out of TCP segments (RFC 7766, 8): each behind its length. Segments are taken in
 * order; where one is missing, or the capture began in the middle, the next that holds nothing but
 * whole messages is where reading begins again.
 */
final class TcpMessages {

  private static final int MOST_STREAMS = 4_096;
  private static final int MOST_BUFFERED_BYTES = 1 << 20;
  private static final byte[] NOTHING = {};
  private static final int LENGTH_BYTES = 2;
  private static final int GONE = Dissector.TCP_FIN | Dissector.TCP_RST;

  /** Those that were longest silent first. */
  private final LinkedHashMap<Direction, Stream> streams = new LinkedHashMap<>(16, 0.75f, true);

  private final Sink sink;
  private int bufferedBytes;
  private long gaps;

  TcpMessages(Sink sink) {
    this.sink = sink;
  }

  /** Takes whole messages, in an array that is valid during the call only. */
  interface Sink {
    void message(byte[] data, int offset, int length);
  }

  /** How often messages were lost because a part of a stream is not in the capture. */
  long gaps() {
    return gaps;
  }

  void segment(Dissector packet) {
    Direction direction = Direction.of(packet);
    int flags = packet.tcpFlags();
    int sequence = packet.tcpSequence();
    if ((flags & Dissector.TCP_SYN) != 0) {
      drop(streams.put(direction, new Stream(sequence + 1, true)));
    } else if (packet.originalPayloadLength() > 0) {
      Stream stream = streams.computeIfAbsent(direction, any -> new Stream(sequence, false));
      payload(stream, packet, sequence - stream.next);
    }
    if ((flags & GONE) != 0) {
      drop(streams.remove(direction));
    } else if (streams.size() > MOST_STREAMS) {
      drop(streams.pollFirstEntry().getValue());
    }
  }

  private static void drop(@Nullable Stream stream) {
    if (stream != null) {
      stream.lose();
    }
  }

  /** {@code ahead} says how far the segment lies beyond what is expected, negative if before. */
  private void payload(Stream stream, Dissector packet, int ahead) {
    int skipped = 0;
    if (ahead > 0) {
      stream.lose();
      gaps++;
    } else {
      skipped = -ahead;
    }
    int original = packet.originalPayloadLength();
    if (skipped >= original) {
      return;
    }
    int captured = packet.payloadLength();
    stream.next = packet.tcpSequence() + original;
    if (skipped < captured) {
      stream.take(packet.data(), packet.payloadOffset() + skipped, captured - skipped);
    }
    if (captured < original) {
      stream.lose();
      gaps++;
    }
  }

  private record Direction(
      long fromHigh, long fromLow, long toHigh, long toLow, int fromPort, int toPort) {

    static Direction of(Dissector packet) {
      return new Direction(
          packet.sourceHigh(),
          packet.sourceLow(),
          packet.destinationHigh(),
          packet.destinationLow(),
          packet.sourcePort(),
          packet.destinationPort());
    }

    /** The sender chooses all of it. */
    @Override
    public int hashCode() {
      return SeededHash.ofFlow(fromHigh, fromLow, toHigh, toLow, (fromPort << 16) | toPort);
    }
  }

  /** One direction of a connection. */
  private final class Stream {

    private int next;
    private boolean atBoundary;
    private byte[] buffer = NOTHING;
    private int buffered;

    private Stream(int next, boolean atBoundary) {
      this.next = next;
      this.atBoundary = atBoundary;
    }

    void lose() {
      consume(buffered);
      atBoundary = false;
    }

    void take(byte[] data, int offset, int length) {
      if (!atBoundary && !holdsWholeMessages(data, offset, length)) {
        gaps++;
        return;
      }
      atBoundary = true;
      if (buffered == 0) {
        int read = deliver(data, offset, length);
        keep(data, offset + read, length - read);
      } else {
        keep(data, offset, length);
        consume(deliver(buffer, 0, buffered));
      }
    }

    private boolean holdsWholeMessages(byte[] data, int offset, int length) {
      int at = 0;
      while (at + LENGTH_BYTES <= length) {
        int message = NetworkOrder.unsignedShort(data, offset + at);
        if (message < DnsMessage.HEADER_BYTES) {
          return false;
        }
        at += LENGTH_BYTES + message;
      }
      return at == length;
    }

    private int deliver(byte[] data, int offset, int length) {
      int at = 0;
      while (at + LENGTH_BYTES <= length) {
        int message = NetworkOrder.unsignedShort(data, offset + at);
        if (at + LENGTH_BYTES + message > length) {
          break;
        }
        sink.message(data, offset + at + LENGTH_BYTES, message);
        at += LENGTH_BYTES + message;
      }
      return at;
    }

    private void keep(byte[] data, int offset, int length) {
      if (bufferedBytes + length > MOST_BUFFERED_BYTES) {
        lose();
        gaps++;
        return;
      }
      if (buffered + length > buffer.length) {
        buffer = Arrays.copyOf(buffer, buffered + length);
      }
      System.arraycopy(data, offset, buffer, buffered, length);
      buffered += length;
      bufferedBytes += length;
    }

    private void consume(int bytes) {
      buffered -= bytes;
      bufferedBytes -= bytes;
      if (buffered == 0) {
        buffer = NOTHING;
      } else {
        System.arraycopy(buffer, bytes, buffer, 0, buffered);
      }
    }
  }
}
