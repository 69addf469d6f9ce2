package io.alertcap.trigger.record;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a record's directory for one service; the kernel lets go of it when its process ends. */
final class RecordLock implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RecordLock.class);

  private final FileChannel channel;

  private RecordLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Another service keeps its record there. */
  static final class InUse extends IOException {
    private static final long serialVersionUID = 1L;

    InUse(Path directory) {
      super(
          "%s is in use by another trigger service: stop that one, or give this one a record.directory of its own"
              .formatted(directory));
    }
  }

  /**
   * Takes the directory.
   *
   * @throws InUse if somebody has it
   */
  static RecordLock take(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new RecordLock(channel);
      }
    } catch (OverlappingFileLockException e) {
      log.debug("{} is in use within this process", directory);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new InUse(directory);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      log.debug("The lock of the record did not close: {}", e.getMessage());
    }
  }
}
