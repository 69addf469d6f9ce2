package io.alertcap.capturer.spool;

import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.Failure;
import io.alertcap.schemas.FailureCode;
import io.alertcap.schemas.json.Json;
import io.alertcap.schemas.json.Reading;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads back what a spool holds. A journal that cannot be read is put aside with everything beside
 * it, and its capture is reported as one that came to nothing; it never keeps the others waiting.
 */
final class Recovery {

  private static final Logger log = LoggerFactory.getLogger(Recovery.class);

  private final SpoolLayout layout;
  private final Clock clock;
  private final Predicate<CaptureId> finished;
  private final SpoolOwner owner;
  private int quarantined;

  Recovery(SpoolLayout layout, Clock clock, Predicate<CaptureId> finished, SpoolOwner owner) {
    this.layout = layout;
    this.clock = clock;
    this.finished = finished;
    this.owner = owner;
  }

  int quarantined() {
    return quarantined;
  }

  List<SpooledCapture> run() throws IOException {
    List<SpooledCapture> found = new ArrayList<>();
    try (DirectoryStream<Path> directories = Files.newDirectoryStream(layout.captures())) {
      for (Path directory : directories) {
        read(directory).ifPresent(found::add);
      }
    }
    return found;
  }

  private Optional<SpooledCapture> read(Path directory) throws IOException {
    Optional<CaptureId> id = idOf(directory);
    if (id.isEmpty()) {
      putAside(directory, "its name is no capture id");
      return Optional.empty();
    }
    if (finished.test(id.get()) || neverAccepted(directory)) {
      delete(directory);
      return Optional.empty();
    }
    return Optional.of(
        switch (journalIn(directory, id.get())) {
          case Reading.Valid<CaptureJournal>(CaptureJournal journal) ->
              SpooledCapture.existing(directory, journal);
          case Reading.Invalid<CaptureJournal> invalid ->
              unreadable(id.get(), directory, invalid.sentence());
        });
  }

  private static Reading<CaptureJournal> journalIn(Path directory, CaptureId id) {
    try {
      byte[] content = Files.readAllBytes(directory.resolve(SpoolLayout.JOURNAL));
      Reading<CaptureJournal> reading = Json.read(content, CaptureJournal.class);
      return reading instanceof Reading.Valid<CaptureJournal>(CaptureJournal journal)
              && !journal.id().equals(id)
          ? new Reading.Invalid<>("id", "is not " + id)
          : reading;
    } catch (IOException e) {
      return new Reading.Invalid<>("", "cannot be read: " + e);
    }
  }

  private SpooledCapture unreadable(CaptureId id, Path directory, String problem)
      throws IOException {
    Path aside = putAside(directory, problem);
    String message =
        "The journal of this capture was damaged when the capturer started (%s). What there is of the capture lies in %s on the node; nothing is uploaded from there."
            .formatted(problem, aside);
    CaptureEvent reported =
        new CaptureEvent.Rejected(
            id, Optional.empty(), clock.instant(), new Failure(FailureCode.INTERNAL, message));
    return SpooledCapture.create(layout, CaptureJournal.ended(reported, owner.destination()));
  }

  /** Killed between making the directory and writing the journal: the command will come again. */
  private static boolean neverAccepted(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.allMatch(file -> file.toString().endsWith(DurableFile.DRAFT_SUFFIX));
    }
  }

  private Path putAside(Path directory, String problem) throws IOException {
    Path aside =
        layout.quarantine().resolve(directory.getFileName() + "." + clock.instant().toEpochMilli());
    DurableFile.move(directory, aside);
    quarantined++;
    log.error("{} cannot be used ({}) and was moved to {}.", directory, problem, aside);
    return aside;
  }

  private static Optional<CaptureId> idOf(Path directory) {
    try {
      return Files.isDirectory(directory)
          ? Optional.of(new CaptureId(directory.getFileName().toString()))
          : Optional.empty();
    } catch (IllegalArgumentException noCapture) {
      return Optional.empty();
    }
  }

  /** Deletes a capture's directory, which holds files only. */
  static void delete(Path directory) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        Files.delete(file);
      }
    } catch (NoSuchFileException deletedAlready) {
      return;
    }
    Files.delete(directory);
  }
}
