package io.alertcap.capturer.enrich.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The packets of a capture file, one after the other, of any size of file, in memory that does not
 * grow. Nothing is allocated per packet. Whatever the bytes are, reading ends; {@link #ending} says
 * whether that was the end of the file.
 *
 * <p>Not safe for use by several threads.
 */
public abstract sealed class CaptureFileReader implements Closeable
    permits PcapReader, PcapngReader {

  /**
   * {@code MAXIMUM_SNAPLEN} of libpcap and {@code WTAP_MAX_PACKET_SIZE_STANDARD} of Wireshark: a
   * larger packet is taken for damage.
   */
  public static final int LARGEST_PACKET = 262_144;

  final ByteWindow window;
  final Packet packet = new Packet();
  private FileEnding ending = new FileEnding(FileEnding.Kind.WHOLE, 0);
  private boolean ended;

  CaptureFileReader(ByteWindow window) {
    this.window = window;
  }

  /**
   * Begins to read; blocks as the stream does. The stream belongs to the reader from here on, and
   * is closed if there is none.
   *
   * @throws NotACaptureFile if the file has the header of neither format
   * @throws IOException if the stream cannot be read
   */
  public static CaptureFileReader open(InputStream in) throws IOException {
    ByteWindow window = new ByteWindow(in);
    try {
      if (!window.holds(Integer.BYTES)) {
        throw new NotACaptureFile("The file ends within its header.");
      }
      window.order(ByteOrder.BIG_ENDIAN);
      return window.rawInt(0) == PcapngReader.SECTION_HEADER
          ? new PcapngReader(window)
          : PcapReader.open(window);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /**
   * Goes on to the next packet.
   *
   * @return false if there is none; then {@link #ending} says why
   * @throws IOException if the stream cannot be read
   */
  public final boolean next() throws IOException {
    return !ended && advance();
  }

  /** Sets {@link #packet} and returns true, or returns what {@link #end} does. */
  abstract boolean advance() throws IOException;

  /**
   * There is no packet more.
   *
   * @param validBytes to the end of the last thing that was whole
   * @return false
   */
  final boolean end(FileEnding.Kind kind, long validBytes) {
    ended = true;
    ending = new FileEnding(kind, validBytes);
    return false;
  }

  /** Where every packet of the file is from; absent where its format (pcapng) leaves that open. */
  public abstract Optional<CaptureInterface> networkInterface();

  /** The packet of the last {@link #next} that was true. */
  public final Packet packet() {
    return packet;
  }

  /** How the file ended, once {@link #next} was false. */
  public final FileEnding ending() {
    return ending;
  }

  @Override
  public final void close() throws IOException {
    window.close();
  }
}
