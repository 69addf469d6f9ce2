package io.alertcap.capturer.spool;

import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import io.alertcap.schemas.DataSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The {@code spool} section.
 *
 * @param directory where journals and files are kept; must outlive a restart
 * @param maxBytes most that all files together may take
 * @param minFree what must stay free on the file system; where absent, 1 GiB, or 5 % of a file
 *     system that is smaller than 20 GiB
 * @param keepFor how long delivery of a file is tried
 * @param rememberFor how long the id of a finished capture is known; longer than the command topic
 *     keeps a command
 * @param maxRemembered most ids of finished captures
 * @param maxCaptures most captures that are not finished; beyond, no command is taken but stops
 */
public record SpoolSettings(
    Path directory,
    DataSize maxBytes,
    Optional<DataSize> minFree,
    Duration keepFor,
    Duration rememberFor,
    int maxRemembered,
    int maxCaptures) {

  public static final DataSize MAX_BYTES = DataSize.ofGibibytes(5);
  public static final Duration KEEP_FOR = Duration.ofHours(24);
  public static final Duration REMEMBER_FOR = Duration.ofDays(3);
  public static final int MAX_REMEMBERED = 10_000;
  public static final int MAX_CAPTURES = 1_000;

  private static final DataSize LEAST_BYTES = DataSize.ofMebibytes(2);
  private static final Duration SHORTEST_KEEPING = Duration.ofSeconds(1);

  /** Kafka keeps commands for a day, and deletes them a segment at a time. */
  private static final Duration SHORTEST_REMEMBERING = Duration.ofDays(2);

  /** Reads the section. */
  public static Setting<SpoolSettings> from(Section spool) {
    Setting<Path> directory = spool.path("directory").orElse(Path.of("/var/lib/alertcap/spool"));
    Setting<DataSize> maxBytes = spool.size("maxBytes").atLeast(LEAST_BYTES).orElse(MAX_BYTES);
    Setting<Optional<DataSize>> minFree = spool.size("minFree").optional();
    Setting<Duration> keepFor =
        spool.duration("keepFor").atLeast(SHORTEST_KEEPING).orElse(KEEP_FOR);
    Setting<Duration> rememberFor =
        spool.duration("rememberFor").atLeast(SHORTEST_REMEMBERING).orElse(REMEMBER_FOR);
    Setting<Integer> maxRemembered =
        spool.integer("maxRemembered").atLeast(1).orElse(MAX_REMEMBERED);
    Setting<Integer> maxCaptures = spool.integer("maxCaptures").atLeast(1).orElse(MAX_CAPTURES);
    return spool.build(() ->
        new SpoolSettings(
            directory.get(),
            maxBytes.get(),
            minFree.get(),
            keepFor.get(),
            rememberFor.get(),
            maxRemembered.get(),
            maxCaptures.get()));
  }

  /** Every setting at its standard value. */
  public static SpoolSettings in(Path directory) {
    return new SpoolSettings(
        directory,
        MAX_BYTES,
        Optional.empty(),
        KEEP_FOR,
        REMEMBER_FOR,
        MAX_REMEMBERED,
        MAX_CAPTURES);
  }
}
