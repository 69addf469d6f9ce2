package io.alertcap.capturer.enrich;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Knows whether there is room for more; asked while files are written. */
@FunctionalInterface
public interface Room {

  /** As much as there may ever be. */
  Room ENDLESS = Optional::empty;

  /** Why nothing more should be written, as a sentence; empty if there is room. */
  Optional<String> shortage();

  /** A stream that fails once there is no room, which it asks for every so often. */
  default OutputStream limit(OutputStream out) {
    return new Limited(out, this);
  }

  /** Asks before its first byte, and then at every step. */
  final class Limited extends FilterOutputStream {

    private static final long STEP_BYTES = 4L << 20;

    private final Room room;
    private long bytes;
    private long asked;

    private Limited(OutputStream out, Room room) {
      super(out);
      this.room = room;
    }

    @Override
    public void write(int oneByte) throws IOException {
      claim(1);
      out.write(oneByte);
    }

    @Override
    public void write(byte[] data, int offset, int length) throws IOException {
      claim(length);
      out.write(data, offset, length);
    }

    private void claim(int length) throws IOException {
      bytes += length;
      if (bytes >= asked) {
        asked = bytes + STEP_BYTES;
        Optional<String> shortage = room.shortage();
        if (shortage.isPresent()) {
          throw new IOException(shortage.get());
        }
      }
    }
  }
}
