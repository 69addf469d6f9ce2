package io.alertcap.trigger.web;

import io.vertx.core.buffer.Buffer;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The body of one request, as it arrived in pieces, and the memory that it, and what is made of it,
 * may take of the {@link BufferBudget}. Used by one thread after another.
 */
public final class Body implements AutoCloseable {

  private final BufferBudget budget;
  private final ArrayDeque<Buffer> pieces = new ArrayDeque<>();
  private final AtomicLong held = new AtomicLong();
  private long length;

  Body(BufferBudget budget) {
    this.budget = budget;
  }

  /** How many bytes have arrived. */
  long length() {
    return length;
  }

  /** Takes another piece, if the budget has room for it. */
  boolean add(Buffer piece) {
    if (!reserve(piece.length())) {
      return false;
    }
    pieces.add(piece);
    length += piece.length();
    return true;
  }

  /** Takes memory for what is made of the body, until the request is answered. */
  boolean reserve(long bytes) {
    boolean fits = budget.reserve(bytes);
    if (fits) {
      held.addAndGet(bytes);
    }
    return fits;
  }

  /** Whether so many more bytes would not fit even if this were the only request. */
  boolean exceedsAllWith(long bytes) {
    return held.get() + bytes > budget.size();
  }

  /** The whole of it: for small bodies, and once. */
  byte[] bytes() {
    Buffer whole = Buffer.buffer((int) length);
    pieces.forEach(whole::appendBuffer);
    return whole.getBytes();
  }

  /** Reads it once, and lets go of each piece that was read. */
  InputStream stream() {
    return new InputStream() {

      private int position;

      @Override
      public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] target, int offset, int most) {
        Buffer piece = pieces.peek();
        if (piece == null) {
          return -1;
        }
        int count = Math.min(most, piece.length() - position);
        piece.getBytes(position, position + count, target, offset);
        position += count;
        if (position == piece.length()) {
          pieces.remove();
          release(piece.length());
          position = 0;
        }
        return count;
      }
    };
  }

  /** Gives back all that is held. */
  @Override
  public void close() {
    pieces.clear();
    budget.release(held.getAndSet(0));
  }

  private void release(long bytes) {
    held.addAndGet(-bytes);
    budget.release(bytes);
  }
}
