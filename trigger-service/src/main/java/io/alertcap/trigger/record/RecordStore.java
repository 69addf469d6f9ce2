package io.alertcap.trigger.record;

import io.alertcap.schemas.CaptureStatus;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.DataFormatException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lies on disk, within its limits, and whether it can be believed. Reading is thread-safe;
 * what changes something is for one thread at a time.
 */
final class RecordStore implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RecordStore.class);

  /** As long as {@code alertcap.events} is kept. */
  private static final Duration MAX_AGE = Duration.ofDays(30);

  /** Captures that are forgotten together with what is written. */
  private static final int FORGET_AT_ONCE = 256;

  private static final String BUILDING =
      "The record of captures is rebuilt; it is complete again once all of Kafka's events are read";

  /** Later than every capture. */
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private final RecordFile file;
  private final RecordSettings settings;
  private final Clock clock;
  private final Map<CaptureStatus, Integer> counts = new ConcurrentHashMap<>();

  private volatile ReadingPlace place = new ReadingPlace("", Map.of());
  private volatile long bytes;

  /** Why it cannot be written; absent where it can. */
  private volatile Optional<String> problem = Optional.empty();

  /** Whether it is to be thrown away and rebuilt. */
  private volatile boolean damaged;

  private RecordStore(RecordFile file, RecordSettings settings, Clock clock) {
    this.file = file;
    this.settings = settings;
    this.clock = clock;
  }

  static RecordStore open(RecordSettings settings, Clock clock) throws IOException {
    RecordStore store = new RecordStore(RecordFile.open(settings.directory()), settings, clock);
    try {
      store.load();
      var unused = store.startOverIfDamaged();
      return store;
    } catch (RecordUnavailable e) {
      store.close();
      throw new IOException(e.getMessage(), e);
    }
  }

  private void load() {
    try {
      file.read((captures, statements) -> {
        counts.putAll(captures.counts());
        ReadingPlace.read(statements).ifPresent(it -> place = it);
        bytes = RecordFile.used(statements);
        return true;
      });
    } catch (SQLException | DataFormatException e) {
      distrust(e);
    }
  }

  /**
   * Goes on with this topic.
   *
   * @return whether it was another one, of which all is forgotten now
   */
  boolean begin(String topicId) {
    String known = place.topicId();
    if (known.equals(topicId)) {
      return false;
    }
    if (!known.isEmpty()) {
      log.warn("The record is of a topic {} that was deleted: it is rebuilt", known);
      startOver();
    }
    place = new ReadingPlace(topicId, Map.of());
    return !known.isEmpty();
  }

  /** How far was read; in memory at times farther than on disk. */
  ReadingPlace place() {
    return place;
  }

  void reached(ReadingPlace after) {
    place = place.then(after);
  }

  /**
   * Asks what is committed.
   *
   * @throws RecordUnavailable if there is no answer
   */
  <T> T ask(RecordFile.Question<T> question) {
    if (damaged) {
      throw new RecordUnavailable(BUILDING, Optional.empty());
    }
    try {
      return file.read(question);
    } catch (SQLException | DataFormatException e) {
      throw failed(e);
    }
  }

  private RecordUnavailable failed(Exception e) {
    if (Damage.is(e)) {
      distrust(e);
      return new RecordUnavailable(BUILDING, Optional.of(e));
    }
    return new RecordUnavailable(sentence("read", e), Optional.of(e));
  }

  /**
   * Writes these captures as they are, and how far was read.
   *
   * @return whether it could; otherwise {@link #problem} says why not
   * @throws RecordUnavailable if the file is damaged
   */
  boolean write(Collection<Unwritten.Entry> entries, Optional<ReadingPlace> after) {
    List<Outline> forgotten = new ArrayList<>();
    try {
      file.write((captures, statements) -> {
        for (Unwritten.Entry entry : entries) {
          captures.put(entry);
        }
        if (after.isPresent()) {
          after.get().write(statements);
        }
        bytes = RecordFile.used(statements);
        forget(captures, forgotten);
      });
    } catch (SQLException | DataFormatException e) {
      if (Damage.is(e)) {
        throw failed(e);
      }
      unwritable(e);
      return false;
    }
    forgotten.forEach(outline -> counts.merge(outline.status(), -1, Integer::sum));
    after.ifPresent(this::reached);
    writable();
    return true;
  }

  /** The oldest: what is older than the topic, and what there is no room for. */
  private void forget(CaptureTable captures, List<Outline> forgotten) throws SQLException {
    Instant now = clock.instant();
    forgotten.addAll(captures.oldest(false, now.minus(MAX_AGE), FORGET_AT_ONCE));
    if (bytes > settings.maxBytes().bytes()) {
      List<Outline> ended = captures.oldest(true, LATEST, FORGET_AT_ONCE);
      forgotten.addAll(ended.isEmpty() ? captures.oldest(false, LATEST, FORGET_AT_ONCE) : ended);
    }
    for (Outline outline : forgotten) {
      captures.remove(outline.id());
    }
  }

  /** How many captures have this status. */
  int count(CaptureStatus status) {
    return counts.getOrDefault(status, 0);
  }

  void count(Optional<CaptureStatus> before, CaptureStatus now) {
    before.ifPresent(status -> counts.merge(status, -1, Integer::sum));
    counts.merge(now, 1, Integer::sum);
  }

  /** What the captures take on disk, the journal left out. */
  long bytes() {
    return bytes;
  }

  /** Why it cannot be written, if so: a sentence. */
  Optional<String> problem() {
    return problem;
  }

  /** Whether what it says is so. */
  boolean isTrusted() {
    return !damaged;
  }

  /** To be thrown away, and rebuilt of what Kafka has. */
  void distrust(Exception reason) {
    if (!damaged) {
      log.warn("The record of captures is rebuilt from Kafka, as it cannot be believed", reason);
    }
    damaged = true;
  }

  /** Whether all is forgotten now. */
  boolean startOverIfDamaged() {
    if (!damaged && !file.isThere()) {
      distrust(new IOException("The file was deleted"));
    }
    if (!damaged) {
      return false;
    }
    startOver();
    return true;
  }

  private void startOver() {
    damaged = true;
    try {
      file.startOver();
    } catch (SQLException | IOException e) {
      unwritable(e);
      throw new RecordUnavailable(sentence("rebuilt", e), Optional.of(e));
    }
    counts.clear();
    bytes = 0;
    place = new ReadingPlace(place.topicId(), Map.of());
    damaged = false;
  }

  private void unwritable(Exception e) {
    String sentence = sentence("written", e);
    if (problem.isEmpty()) {
      log.warn("{}", sentence);
    }
    problem = Optional.of(sentence);
  }

  private void writable() {
    if (problem.isPresent()) {
      log.info("The record of captures can be written again");
    }
    problem = Optional.empty();
  }

  private String sentence(String verb, Exception e) {
    return "The record of captures cannot be %s (%s): free space on the disk of %s, or repair it."
        .formatted(verb, e.getMessage(), settings.directory());
  }

  @Override
  public void close() {
    file.close();
  }
}
