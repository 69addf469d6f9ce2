package io.alertcap.capturer.prepare;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.alertcap.capturer.dns.Transcript;
import io.alertcap.capturer.enrich.Room;
import io.alertcap.schemas.DataSize;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/** The transcript in the spool: its size is bounded, and a full disk costs no more than it. */
final class TranscriptFile implements AutoCloseable {

  /** Some two million transactions: nobody reads more, and the table of the event sums them up. */
  static final long MOST_BYTES = 256L << 20;

  private final FileChannel channel;
  private final Transcript transcript;
  private final long mostBytes;

  private TranscriptFile(FileChannel channel, Room room, long mostBytes) {
    this.channel = channel;
    this.mostBytes = mostBytes;
    this.transcript = new Transcript(room.limit(Channels.newOutputStream(channel)), mostBytes);
  }

  static TranscriptFile create(Path file, Room room, long mostBytes) throws IOException {
    return new TranscriptFile(
        FileChannel.open(file, CREATE, TRUNCATE_EXISTING, WRITE), room, mostBytes);
  }

  /** What is written here. */
  Transcript transcript() {
    return transcript;
  }

  /** Has it on disk, or says in a warning why there is none; another says what it leaves out. */
  boolean complete(List<String> warnings) {
    try {
      long leftOut = transcript.finish();
      channel.force(true);
      if (leftOut > 0) {
        warnings.add(
            "The transcript is cut at %s: %d transactions more are in the figures, and not in it."
                .formatted(DataSize.ofBytes(mostBytes), leftOut));
      }
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
