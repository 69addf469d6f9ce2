package io.alertcap.trigger.record;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.stream.Stream;

/** Records of captures in directories that are gone when the tests have ended. */
public final class TemporaryRecords {

  private TemporaryRecords() {}

  /** Of which nothing is remembered yet. */
  public static CaptureRecords open(Clock clock) {
    return open(RecordSettings.in(directory()), clock);
  }

  public static CaptureRecords open(RecordSettings settings, Clock clock) {
    try {
      return CaptureRecords.open(settings, clock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new one. */
  public static Path directory() {
    try {
      Path directory = Files.createTempDirectory("alertcap-record-test-");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
