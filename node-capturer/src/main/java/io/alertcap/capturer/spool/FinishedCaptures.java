package io.alertcap.capturer.spool;

import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureStatus;
import io.alertcap.schemas.json.Json;
import io.alertcap.schemas.json.Reading;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ids of captures that are done, so that a command which Kafka delivers again is not run again.
 * Bounded in time and number, the oldest forgotten first. Thread-safe.
 */
final class FinishedCaptures {

  private static final Logger log = LoggerFactory.getLogger(FinishedCaptures.class);

  /**
   * What is left of a capture.
   *
   * @param bytes that it captured; they count towards the bytes per hour
   * @param closedAt when its file was complete, if there was one
   */
  record Tombstone(
      CaptureId id,
      CaptureStatus status,
      Instant finishedAt,
      long bytes,
      Optional<Instant> closedAt) {}

  private final SpoolLayout layout;
  private final Duration rememberFor;
  private final int maxRemembered;
  private final Clock clock;
  private final Map<CaptureId, Tombstone> oldestFirst = new LinkedHashMap<>();

  private FinishedCaptures(SpoolLayout layout, SpoolSettings settings, Clock clock) {
    this.layout = layout;
    this.rememberFor = settings.rememberFor();
    this.maxRemembered = settings.maxRemembered();
    this.clock = clock;
  }

  static FinishedCaptures load(SpoolLayout layout, SpoolSettings settings, Clock clock)
      throws IOException {
    FinishedCaptures finished = new FinishedCaptures(layout, settings, clock);
    List<Tombstone> all = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(layout.finished(), "*.json")) {
      for (Path file : files) {
        read(file).ifPresent(all::add);
      }
    }
    all.sort(Comparator.comparing(Tombstone::finishedAt));
    all.forEach(each -> finished.oldestFirst.put(each.id(), each));
    finished.forget();
    return finished;
  }

  synchronized boolean contains(CaptureId id) {
    return oldestFirst.containsKey(id);
  }

  synchronized List<Tombstone> all() {
    return List.copyOf(oldestFirst.values());
  }

  /** Returns when the id is on disk. */
  synchronized void add(Tombstone tombstone) throws IOException {
    DurableFile.write(layout.finished(tombstone.id()), Json.write(tombstone));
    oldestFirst.put(tombstone.id(), tombstone);
    forget();
  }

  private void forget() throws IOException {
    Instant horizon = clock.instant().minus(rememberFor);
    Iterator<Tombstone> oldest = oldestFirst.values().iterator();
    while (oldest.hasNext()) {
      Tombstone next = oldest.next();
      if (oldestFirst.size() <= maxRemembered && !next.finishedAt().isBefore(horizon)) {
        return;
      }
      oldest.remove();
      Files.deleteIfExists(layout.finished(next.id()));
    }
  }

  /** The name alone says what matters most, and a damaged file keeps its name. */
  private static Optional<Tombstone> read(Path file) throws IOException {
    return switch (Json.read(Files.readAllBytes(file), Tombstone.class)) {
      case Reading.Valid<Tombstone>(Tombstone tombstone) -> Optional.of(tombstone);
      case Reading.Invalid<Tombstone> invalid -> fromName(file, invalid.sentence());
    };
  }

  private static Optional<Tombstone> fromName(Path file, String problem) throws IOException {
    log.warn("{} is damaged ({}); its name is still heeded.", file, problem);
    String name = file.getFileName().toString();
    try {
      CaptureId id = new CaptureId(name.substring(0, name.length() - ".json".length()));
      Instant writtenAt = Files.getLastModifiedTime(file).toInstant();
      return Optional.of(new Tombstone(id, CaptureStatus.FAILED, writtenAt, 0, Optional.empty()));
    } catch (IllegalArgumentException noCapture) {
      return Optional.empty();
    }
  }
}
