package io.alertcap.capturer.tcp;

/** One direction of a connection. */
final class Half {

  /** Within this time a segment from before is late rather than sent again, as Wireshark has it. */
  private static final long REORDERED_NANOS = 3_000_000L;

  private boolean begun;
  private int next;
  private long nextAt;

  /** What a segment with payload, SYN or FIN is, by its place in the sequence. */
  enum Place {
    NEW,
    AGAIN,
    OUT_OF_ORDER
  }

  void restart() {
    begun = false;
  }

  /**
   * Places a segment.
   *
   * @param length bytes of payload, and one more for each of SYN and FIN
   */
  Place place(int sequence, int length, long at) {
    int end = sequence + length;
    if (!begun || end - next > 0) {
      begun = true;
      next = end;
      nextAt = at;
      return Place.NEW;
    }
    return at - nextAt < REORDERED_NANOS ? Place.OUT_OF_ORDER : Place.AGAIN;
  }

  /** A keep-alive repeats the last byte, or nothing, to be answered. */
  boolean isKeepAlive(int sequence, int length) {
    return begun && length <= 1 && sequence == next - 1;
  }
}
