package io.alertcap.trigger.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SQLite database in which the record of captures lies, of one process at a time. Nothing in it
 * is lost with it: it is a fold of {@code alertcap.events}, and what cannot be read is recreated.
 *
 * <p>One connection writes; the others read what was committed before they began, and never wait
 * for it. Thread-safe.
 */
final class RecordFile implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RecordFile.class);

  private static final int MOST_IDLE_READERS = 4;

  private final Path directory;
  private final Path file;
  private final RecordLock lock;
  private final Deque<Reader> idle = new ArrayDeque<>();

  private @Nullable RecordConnection writer;

  /** How often the file was recreated; readers of an earlier one are not used again. */
  private int generation;

  private volatile boolean closed;

  private RecordFile(Path directory, RecordLock lock) {
    this.directory = directory;
    this.file = directory.resolve("record.db");
    this.lock = lock;
  }

  /**
   * Opens the file, and makes it where it is missing or of no use.
   *
   * @throws IOException with a sentence, if the directory cannot be used
   */
  static RecordFile open(Path directory) throws IOException {
    try {
      Files.createDirectories(directory);
      RecordLock lock = RecordLock.take(directory);
      NativeLibrary.provide(directory);
      RecordFile record = new RecordFile(directory, lock);
      record.openWriter();
      return record;
    } catch (RecordLock.InUse e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(
          "The record of captures cannot be kept in %s (%s): set record.directory to where this user may write."
              .formatted(directory, e),
          e);
    } catch (SQLException e) {
      throw new IOException(
          "The record of captures cannot be opened in %s (%s): free space, or set record.directory to another disk."
              .formatted(directory, e.getMessage()),
          e);
    }
  }

  /** A connection to ask by, of the file of that generation. */
  private record Reader(RecordConnection connection, int generation) {

    void close() {
      connection.close();
    }
  }

  /** What a question needs of the tables. */
  interface Question<T> {
    T ask(CaptureTable captures, Statements statements) throws SQLException, DataFormatException;
  }

  /** Asks of what is committed. Several threads may ask at once. */
  <T> T read(Question<T> question) throws SQLException, DataFormatException {
    Reader reader = borrow();
    boolean sound = false;
    try {
      T answer = question.ask(reader.connection().captures(), reader.connection().statements());
      sound = true;
      return answer;
    } finally {
      giveBack(reader, sound);
    }
  }

  /** What is to be changed together. */
  interface Change {
    void make(CaptureTable captures, Statements statements)
        throws SQLException, DataFormatException;
  }

  /** Changes all or nothing; for one thread at a time. */
  void write(Change change) throws SQLException, DataFormatException {
    RecordConnection to = writer();
    boolean committed = false;
    try {
      change.make(to.captures(), to.statements());
      to.commit();
      committed = true;
    } finally {
      if (!committed) {
        to.rollBack();
        closeWriter(); // as for readers
      }
    }
  }

  /** How many bytes hold something, those of the journal left out. */
  static long used(Statements statements) throws SQLException {
    return statements
        .first(
            """
            select (page_count - freelist_count) * page_size
              from pragma_page_count, pragma_freelist_count, pragma_page_size\
            """,
            row -> row.getLong(1))
        .orElse(0L);
  }

  /** Throws away all that is in the file. For the thread that writes. */
  void startOver() throws SQLException, IOException {
    synchronized (this) {
      generation++;
      idle.forEach(Reader::close);
      idle.clear();
    }
    closeWriter();
    delete();
    openWriter();
  }

  private void openWriter() throws SQLException, IOException {
    try {
      writer = RecordConnection.toWrite(url());
    } catch (SQLException e) {
      if (!Damage.is(e)) {
        throw e;
      }
      log.warn("{} cannot be read ({}): it is rebuilt from Kafka", file, e.getMessage());
      delete();
      writer = RecordConnection.toWrite(url());
    }
  }

  private void delete() throws IOException {
    for (String suffix : List.of("-wal", "-shm", "-journal", "")) {
      Files.deleteIfExists(directory.resolve("record.db" + suffix));
    }
  }

  private RecordConnection writer() throws SQLException {
    if (writer == null) {
      if (closed) {
        throw new SQLException("the file is closed");
      }
      writer = RecordConnection.toWrite(url());
    }
    return writer;
  }

  private synchronized Reader borrow() throws SQLException {
    if (closed) {
      throw new SQLException("the file is closed");
    }
    return idle.isEmpty() ? openReader() : idle.pop();
  }

  /** A statement that failed is of no use any more, to the driver: its connection goes with it. */
  private synchronized void giveBack(Reader reader, boolean sound) {
    if (!sound || closed || reader.generation != generation || idle.size() == MOST_IDLE_READERS) {
      reader.close();
    } else {
      idle.push(reader);
    }
  }

  /** Of a file that is gone SQLite would make an empty one. */
  private Reader openReader() throws SQLException {
    if (!isThere()) {
      throw new Damage.Foreign(new IOException("it was deleted"));
    }
    return new Reader(RecordConnection.toRead(url()), generation);
  }

  /** Whether the file is where it was opened; what is open lives on without it. */
  boolean isThere() {
    return Files.exists(file);
  }

  private String url() {
    return "jdbc:sqlite:" + file;
  }

  private void closeWriter() {
    if (writer != null) {
      writer.close();
      writer = null;
    }
  }

  @Override
  public void close() {
    List<Reader> readers;
    synchronized (this) {
      closed = true;
      readers = new ArrayList<>(idle);
      idle.clear();
    }
    readers.forEach(Reader::close);
    closeWriter();
    lock.close();
  }
}
