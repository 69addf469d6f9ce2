package io.alertcap.capturer.prepare;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.alertcap.capturer.enrich.Room;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The transcript in the spool: its size is bounded, and a full disk costs no more than it. */
final class TranscriptFile implements AutoCloseable {

  /** Some two million transactions: nobody reads more, and the table of the event sums them up. */
  private static final long MOST_BYTES = 256L << 20;

  private static final int BUFFER_CHARS = 64 << 10;

  private final FileChannel channel;
  private final Writer writer;

  private TranscriptFile(FileChannel channel, Room room) {
    this.channel = channel;
    this.writer =
        new BufferedWriter(
            new OutputStreamWriter(
                room.limit(Channels.newOutputStream(channel), MOST_BYTES), StandardCharsets.UTF_8),
            BUFFER_CHARS);
  }

  static TranscriptFile create(Path file, Room room) throws IOException {
    return new TranscriptFile(FileChannel.open(file, CREATE, TRUNCATE_EXISTING, WRITE), room);
  }

  Writer writer() {
    return writer;
  }

  /** Has it on disk, or says in a warning why there is none. */
  boolean complete(List<String> warnings) {
    try {
      writer.flush();
      channel.force(true);
      return true;
    } catch (IOException e) {
      warnings.add("There is no transcript: " + e.getMessage());
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
