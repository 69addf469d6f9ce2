package io.alertcap.capturer.enrich.file;

/**
 * The packet at which a {@link CaptureFileReader} stands. It is the same object for every packet,
 * and what it says holds until the reader goes on.
 */
public final class Packet {

  private byte[] data = new byte[0];
  private int offset;
  private int capturedLength;
  private long originalLength;
  private long epochNanos;
  private CaptureInterface networkInterface = CaptureInterface.of(0, 0, TimeUnits.NANOSECONDS);

  Packet() {}

  void set(
      CaptureInterface newInterface,
      long newEpochNanos,
      byte[] newData,
      int newOffset,
      int newCaptured,
      long newOriginal) {
    networkInterface = newInterface;
    epochNanos = newEpochNanos;
    data = newData;
    offset = newOffset;
    capturedLength = newCaptured;
    originalLength = newOriginal;
  }

  /** The array that holds the packet, from {@link #offset} on; not to be changed. */
  public byte[] data() {
    return data;
  }

  public int offset() {
    return offset;
  }

  /** Bytes in the file, 0 to {@link CaptureFileReader#LARGEST_PACKET}. */
  public int capturedLength() {
    return capturedLength;
  }

  /** Bytes on the wire as the file has it, 0 to 2^32-1; in a wrong file fewer than captured. */
  public long originalLength() {
    return originalLength;
  }

  /** Nanoseconds since 1970-01-01T00:00:00Z. */
  public long epochNanos() {
    return epochNanos;
  }

  public CaptureInterface networkInterface() {
    return networkInterface;
  }
}
