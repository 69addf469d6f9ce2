package io.alertcap.capturer.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * A live, filtered stream of an interface's packets. It says nothing about when they are worth
 * keeping: whoever holds it lets packets into a file, a number at a time, and may open one file
 * after another.
 *
 * <p>One thread writes; {@link #wake}, {@link #shutOut}, {@link #counters} and {@link
 * #isInterfacePresent} may be called from any other.
 */
public interface PacketTap extends AutoCloseable {

  /** The interface, or {@code any} where there are several. */
  String interfaceName();

  /** libpcap's name of what a packet begins with, such as {@code EN10MB} or {@code LINUX_SLL2}. */
  String linkType();

  /** Bytes kept of each packet. */
  int snaplen();

  /** Wall-clock time from which on the filter decided. */
  Instant filterActiveAt();

  /**
   * Wall-clock time from which on packets are counted: shortly before the filter decided. Earlier
   * ones may be delivered, if they arrived while the tap was being opened and pass the filter.
   */
  Instant countedFrom();

  /** For how long the kernel may hold a packet back before it is delivered. */
  Duration longestDelay();

  /**
   * Begins a file.
   *
   * @throws IOException if it cannot be made
   */
  PacketWriter begin(Path file) throws IOException;

  /**
   * Has the {@link PacketWriter#take} under way, or else the next one, return at once. Does nothing
   * on a closed tap.
   */
  void wake();

  /** Whether the interface, or where there are several, any of them, still exists. */
  boolean isInterfacePresent();

  /**
   * Has the kernel let no more packets in. Those that it holds are handed over within {@link
   * #longestDelay}, and can still be taken.
   *
   * @throws IOException if the kernel refuses
   */
  void shutOut() throws IOException;

  /** What the kernel counted of packets with a time stamp from {@link #countedFrom} on. */
  PacketCounters counters() throws IOException;

  /** Stops the stream. No file of it may be in use. Takes tens of milliseconds. */
  @Override
  void close();
}
