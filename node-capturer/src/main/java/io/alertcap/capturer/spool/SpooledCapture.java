package io.alertcap.capturer.spool;

import io.alertcap.schemas.CaptureEnd;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureStatus;
import io.alertcap.schemas.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One capture in the spool: its journal and its file. Thread-safe; a method that changes the
 * journal blocks until the change is on disk.
 *
 * <p>Where a change cannot be written (a full disk), the capture goes on, and the journal is
 * written at the next occasion. Until then {@link #unacknowledged} gives nothing away, so that
 * nobody hears of a step that a restart would not know of.
 */
public final class SpooledCapture {

  private static final Logger log = LoggerFactory.getLogger(SpooledCapture.class);

  private final Path directory;
  private CaptureJournal journal;
  private boolean onDisk = true;

  private SpooledCapture(Path directory, CaptureJournal journal) {
    this.directory = directory;
    this.journal = journal;
  }

  /** A capture whose journal is on disk already. */
  static SpooledCapture existing(Path directory, CaptureJournal journal) {
    return new SpooledCapture(directory, journal);
  }

  /** Makes the directory, which may be there, and writes the first journal. */
  static SpooledCapture create(SpoolLayout layout, CaptureJournal journal) throws IOException {
    Path directory = layout.capture(journal.id());
    Files.createDirectories(directory, SpoolLayout.OWNER_ONLY);
    SpooledCapture capture = new SpooledCapture(directory, journal);
    capture.write(journal);
    DurableFile.syncDirectory(layout.captures());
    return capture;
  }

  public CaptureId id() {
    return journal().id();
  }

  /** The journal as it is now. */
  public synchronized CaptureJournal journal() {
    return journal;
  }

  public CaptureStatus status() {
    return journal().status();
  }

  /** Where its packets are, or will be. */
  public Path file() {
    return directory.resolve(SpoolLayout.PACKETS);
  }

  /** Where what is uploaded in its place is, or will be. */
  public Path enrichedFile() {
    return directory.resolve(SpoolLayout.ENRICHED);
  }

  /** Where the transcript of its DNS transactions is, or will be. */
  public Path transcriptFile() {
    return directory.resolve(SpoolLayout.TRANSCRIPT);
  }

  /** What {@link #notePrepared} noted last. */
  public Optional<byte[]> prepared() {
    try {
      return Optional.of(Files.readAllBytes(directory.resolve(SpoolLayout.PREPARED)));
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  /**
   * Notes what the enriched file and the transcript are; to be called once both are on disk, and
   * returns when this is.
   */
  public void notePrepared(byte[] content) throws IOException {
    DurableFile.write(directory.resolve(SpoolLayout.PREPARED), content);
  }

  /**
   * Takes back what {@link #notePrepared} noted, before these files change. Returns when that is on
   * disk.
   */
  public void forgetPrepared() throws IOException {
    if (Files.deleteIfExists(directory.resolve(SpoolLayout.PREPARED))) {
      DurableFile.syncDirectory(directory);
    }
  }

  /** How many passes over the file were begun and not ended, each by a process that is no more. */
  public int unendedPasses() {
    return (int) size(directory.resolve(SpoolLayout.PASSES));
  }

  /** Notes that a pass begins; returns when that is on disk. */
  public void beginPass() throws IOException {
    DurableFile.write(directory.resolve(SpoolLayout.PASSES), new byte[unendedPasses() + 1]);
  }

  /** The pass is over, and all those before it do not matter any more. */
  public void endPass() throws IOException {
    Files.deleteIfExists(directory.resolve(SpoolLayout.PASSES));
  }

  /** Size of everything that it takes on the disk. */
  public long spooledBytes() {
    try (Stream<Path> files = Files.list(directory)) {
      return files.mapToLong(SpooledCapture::size).sum();
    } catch (IOException gone) {
      return 0;
    }
  }

  /** Size of the file; 0 if there is none. */
  public long bytes() {
    return size(file());
  }

  /**
   * Takes a step.
   *
   * @throws IllegalStateException if it cannot follow the last one
   */
  public synchronized void record(CaptureEvent event) {
    change(journal.with(event));
  }

  /** Notes that it is to stop, for the case that it begins only after a restart. */
  public synchronized void requestStop(CaptureEnd end) {
    change(journal.withStop(end));
  }

  /**
   * Notes the multipart upload of an object, or that it is over, so that it can be resumed or
   * aborted after a restart.
   */
  public synchronized void noteUpload(String key, Optional<String> uploadId) {
    if (!journal.uploadOf(key).equals(uploadId)) {
      change(journal.withUpload(key, uploadId));
    }
  }

  /** Notes which store it is for, where that is another than noted. */
  synchronized void noteDestination(String store) {
    if (!journal.destination().equals(Optional.of(store))) {
      change(journal.withDestination(store));
    }
  }

  /** Notes how long its delivery has been tried, for the processes to come. */
  public synchronized void noteTried(Duration tried) {
    change(journal.withTriedFor(tried.truncatedTo(ChronoUnit.SECONDS)));
  }

  /**
   * The events that Kafka does not have, in order.
   *
   * @throws IOException if the journal is not on disk and cannot be written
   */
  public synchronized List<CaptureEvent> unacknowledged() throws IOException {
    if (!onDisk) {
      write(journal);
      onDisk = true;
    }
    return journal.unacknowledged();
  }

  /**
   * Notes that Kafka has this event and those before it. Not synced on its own: to publish an event
   * twice is harmless, and a write for each is not free.
   */
  public synchronized void acknowledge(CaptureEvent event) {
    journal = journal.withAcknowledged(journal.events().lastIndexOf(event) + 1);
  }

  /** Moves the file, if it is still there; returns when that is on disk. */
  synchronized void moveFile(Path to) throws IOException {
    if (Files.exists(file())) {
      DurableFile.move(file(), to);
    }
  }

  private void change(CaptureJournal next) {
    journal = next;
    try {
      write(next);
      onDisk = true;
    } catch (IOException e) {
      onDisk = false;
      log.error(
          "The journal of {} cannot be written, and its events wait until it can: {}",
          next.id(),
          e.toString());
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException none) {
      return 0;
    }
  }

  private void write(CaptureJournal content) throws IOException {
    DurableFile.write(directory.resolve(SpoolLayout.JOURNAL), Json.write(content));
  }

  @Override
  public String toString() {
    return id() + " (" + status().code() + ")";
  }
}
