package io.alertcap.capturer.capture;

import java.io.IOException;

/** A file that a tap's packets are written to. */
public interface PacketWriter extends AutoCloseable {

  /**
   * Writes the next {@code packets} packets; blocks until they have come, or until {@link
   * PacketTap#wake}.
   *
   * @throws IOException if receiving failed
   */
  Delivery take(int packets) throws IOException;

  /**
   * Writes up to {@code packets} packets of those that the kernel has handed over, and waits for
   * none.
   *
   * @return how many; 0 if there are none
   * @throws IOException if receiving failed
   */
  int takeHeld(int packets) throws IOException;

  /** Bytes written so far, flushed or not. Called by the writing thread. */
  long position() throws IOException;

  /**
   * Hands what was written to the operating system, so that it survives this process (though not
   * the machine). Safe to call from another thread while {@link #take} is under way.
   *
   * @throws IOException if writing failed, now or before
   */
  void flush() throws IOException;

  @Override
  void close();

  /** How a {@link #take} ended. */
  enum Delivery {
    /** As many packets as asked for were written. */
    COMPLETE,
    /** Woken: fewer, how many is not known before the file is read. */
    WOKEN,
    /** Fewer, because the interface is gone; there will be no more. */
    INTERFACE_GONE
  }
}
