package io.alertcap.capturer.spool;

import io.alertcap.capturer.spool.FinishedCaptures.Tombstone;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureResult;
import io.alertcap.schemas.FailureCode;
import io.alertcap.schemas.json.Json;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The captures of this node, on disk and in memory. Thread-safe. What it holds survives the
 * process: opening it again gives back every capture that is not done.
 */
public final class Spool implements AutoCloseable {

  private final SpoolSettings settings;
  private final SpoolLayout layout;
  private final Clock clock;
  private final SpoolSpace space;
  private final SpoolLock lock;
  private final FinishedCaptures finished;
  private final SpoolOwner owner;
  private final Map<CaptureId, SpooledCapture> captures = new ConcurrentHashMap<>();
  private final ForeignCaptures foreign;
  private final int quarantined;

  private Spool(
      SpoolSettings settings, SpoolOwner owner, Clock clock, FreeSpace freeSpace, SpoolLock lock)
      throws IOException {
    this.settings = settings;
    this.layout = new SpoolLayout(settings.directory());
    this.owner = owner;
    this.clock = clock;
    this.lock = lock;
    this.finished = FinishedCaptures.load(layout, settings, clock);
    Recovery recovery = new Recovery(layout, clock, finished::contains, owner);
    List<SpooledCapture> found = recovery.run();
    this.foreign = new ForeignCaptures(layout, owner, found);
    found.stream().filter(capture -> !foreign.contains(capture.id())).forEach(this::takeUp);
    this.space = new SpoolSpace(settings, layout, freeSpace, captures.values(), foreign.captures());
    this.quarantined = recovery.quarantined();
  }

  /**
   * Opens the spool, puts aside what it cannot read, and leaves alone what is for another store.
   *
   * @throws SpoolInUseException if another capturer works in it
   * @throws IOException if the directory cannot be used at all
   */
  public static Spool open(SpoolSettings settings, SpoolOwner owner, Clock clock)
      throws IOException {
    return open(settings, owner, clock, FreeSpace.of(settings.directory()));
  }

  /** Opens one whose captures are taken whatever store they are for. */
  public static Spool open(SpoolSettings settings, Clock clock) throws IOException {
    return open(settings, SpoolOwner.ANY, clock);
  }

  /** As {@link #open(SpoolSettings, SpoolOwner, Clock)}, with another view of the file system. */
  public static Spool open(
      SpoolSettings settings, SpoolOwner owner, Clock clock, FreeSpace freeSpace)
      throws IOException {
    SpoolLayout layout = new SpoolLayout(settings.directory());
    SpoolLock lock = locked(layout);
    try {
      return new Spool(settings, owner, clock, freeSpace, lock);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static SpoolLock locked(SpoolLayout layout) throws IOException {
    try {
      layout.create();
      return SpoolLock.acquire(layout);
    } catch (FileSystemException e) {
      throw new IOException(
          "The spool cannot be written (%s): set spool.directory to where this user may write."
              .formatted(e),
          e);
    }
  }

  /** Whether a capture of this id is under way or done. */
  public boolean knows(CaptureId id) {
    return captures.containsKey(id) || finished.contains(id) || foreign.contains(id);
  }

  /** A capture that is not done. */
  public Optional<SpooledCapture> find(CaptureId id) {
    return Optional.ofNullable(captures.get(id));
  }

  /** Those that are not done, in no order. */
  public Collection<SpooledCapture> captures() {
    return List.copyOf(captures.values());
  }

  /** Whether so many captures are unfinished that no more commands should be taken. */
  public boolean crowded() {
    return captures.size() >= settings.maxCaptures();
  }

  /** Captures that are for another store, which are left as they are. */
  public ForeignCaptures foreign() {
    return foreign;
  }

  /** How many journals could not be read when the spool was opened. */
  public int quarantined() {
    return quarantined;
  }

  /** Takes a capture that is to be run; returns when it is on disk. */
  public SpooledCapture accept(CaptureRequest request) throws IOException {
    return create(CaptureJournal.accepted(request, clock.instant(), owner.destination()));
  }

  /** Takes a capture that ends before it began; returns when it is on disk. */
  public SpooledCapture end(CaptureEvent terminal) throws IOException {
    return create(CaptureJournal.ended(terminal, owner.destination()));
  }

  /** Where the file of a capture is once its delivery is given up. */
  public Path keptFile(CaptureId id) {
    return layout.kept(id);
  }

  /**
   * Forgets everything but the id of a capture that is done. A file that was not delivered is kept,
   * with its record beside it.
   */
  public void finish(SpooledCapture capture) throws IOException {
    CaptureJournal journal = capture.journal();
    if (!journal.done()) {
      throw new IllegalStateException(capture + " is not done");
    }
    keepUndelivered(capture);
    finished.add(
        new Tombstone(
            journal.id(),
            journal.status(),
            clock.instant(),
            journal.result().map(CaptureResult::bytes).orElse(0L),
            journal.result().map(CaptureResult::closedAt)));
    Recovery.delete(layout.capture(journal.id()));
    captures.remove(journal.id());
  }

  /**
   * Moves the file of a capture whose delivery was given up to {@link #keptFile}, unless that is
   * done already; of another capture nothing.
   */
  public void keepUndelivered(SpooledCapture capture) throws IOException {
    if (capture.journal().events().getLast() instanceof CaptureEvent.Failed failed
        && failed.failure().code() == FailureCode.UPLOAD_FAILED) {
      Path record = layout.kept().resolve(capture.id() + ".json");
      Files.writeString(record, Json.pretty(capture.journal().recordWith(failed)));
      capture.moveFile(keptFile(capture.id()));
    }
  }

  /** Bytes of all captures, what is made of them included, of those kept, and put aside. */
  public long usedBytes() throws IOException {
    return space.usedBytes();
  }

  /**
   * Why no more packets should be written, as a sentence that says what to do; empty if there is
   * room.
   */
  public Optional<String> shortage() {
    return space.shortage();
  }

  /**
   * Bytes captured within the past {@code window}, by files closed then and files being written.
   * What lies as far in the future, after the clock was set back, is not counted.
   */
  public long bytesCaptured(Duration window) {
    Instant now = clock.instant();
    long done =
        finished.all().stream()
            .filter(each -> each.closedAt().filter(at -> within(window, at, now)).isPresent())
            .mapToLong(Tombstone::bytes)
            .sum();
    long underWay =
        captures.values().stream()
            .filter(each -> countsAt(each.journal(), window, now))
            .mapToLong(SpooledCapture::bytes)
            .sum();
    return done + underWay;
  }

  /** Writes and deletes a file, to find out whether that can be done. */
  public void probe() throws IOException {
    Path probe = layout.root().resolve("probe");
    DurableFile.write(probe, new byte[] {1});
    Files.delete(probe);
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  private void takeUp(SpooledCapture capture) {
    owner.destination().ifPresent(capture::noteDestination);
    captures.put(capture.id(), capture);
  }

  private SpooledCapture create(CaptureJournal journal) throws IOException {
    SpooledCapture capture = SpooledCapture.create(layout, journal);
    captures.put(journal.id(), capture);
    return capture;
  }

  private static boolean countsAt(CaptureJournal journal, Duration window, Instant now) {
    return journal.result().map(result -> within(window, result.closedAt(), now)).orElse(true);
  }

  private static boolean within(Duration window, Instant at, Instant now) {
    return Duration.between(at, now).abs().compareTo(window) < 0;
  }
}
