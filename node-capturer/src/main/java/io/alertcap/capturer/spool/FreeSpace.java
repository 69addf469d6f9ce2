package io.alertcap.capturer.spool;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file system that the spool is on. */
@FunctionalInterface
public interface FreeSpace {

  /**
   * The space of a file system, in bytes.
   *
   * @param usable what an unprivileged process may still write
   */
  record Space(long total, long usable) {}

  /** Looks now. */
  Space now() throws IOException;

  /** The file system of a directory. */
  static FreeSpace of(Path directory) {
    return () -> {
      FileStore store = Files.getFileStore(directory);
      return new Space(store.getTotalSpace(), store.getUsableSpace());
    };
  }
}
