package io.alertcap.trigger.record;

import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import io.alertcap.schemas.DataSize;
import java.nio.file.Path;

/**
 * The {@code record} section.
 *
 * @param directory of this replica alone; what is lost of it is read from Kafka again
 * @param maxBytes beyond which the oldest captures are forgotten, those that have ended first
 */
public record RecordSettings(Path directory, DataSize maxBytes) {

  public static final DataSize MAX_BYTES = DataSize.ofGibibytes(8);

  private static final Path DIRECTORY = Path.of("/var/lib/alertcap/record");
  private static final DataSize LEAST_BYTES = DataSize.ofMebibytes(16);

  /** Reads the section. */
  public static Setting<RecordSettings> from(Section record) {
    Setting<Path> directory = record.path("directory").orElse(DIRECTORY);
    Setting<DataSize> maxBytes = record.size("maxBytes").atLeast(LEAST_BYTES).orElse(MAX_BYTES);
    return record.build(() -> new RecordSettings(directory.get(), maxBytes.get()));
  }

  /** Every setting at its standard value. */
  public static RecordSettings in(Path directory) {
    return new RecordSettings(directory, MAX_BYTES);
  }
}
