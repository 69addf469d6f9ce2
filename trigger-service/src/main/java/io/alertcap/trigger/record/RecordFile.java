package io.alertcap.trigger.record;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;

/**
 * The SQLite database in which the record of captures lies, of one process at a time. Nothing in it
 * is lost with it: it is a fold of {@code alertcap.events}, and what cannot be read is made anew.
 *
 * <p>One connection writes; the others read what was committed before they began, and never wait
 * for it. Thread-safe.
 */
final class RecordFile implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RecordFile.class);

  /** Of the tables, and of what lies in them; a file with another one is made anew. */
  private static final int VERSION = 1;

  /** "acap": tells this file from another application's. */
  private static final int APPLICATION = 0x61636170;

  private static final int MOST_IDLE_READERS = 4;
  private static final int WRITER_CACHE_KIB = 8 << 10;
  private static final int READER_CACHE_KIB = 2 << 10;

  /** What the journal keeps of the disk between two checkpoints. */
  private static final int JOURNAL_BYTES = 16 << 20;

  private final Path directory;
  private final Path file;
  private final FileChannel lock;
  private final Deque<Reader> idle = new ArrayDeque<>();

  private @Nullable Writer writer;

  /** How often the file was made anew; readers of an earlier one are not used again. */
  private int generation;

  private volatile boolean closed;

  private RecordFile(Path directory, FileChannel lock) {
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
      FileChannel lock = lock(directory);
      NativeLibrary.provide(directory);
      RecordFile record = new RecordFile(directory, lock);
      record.openWriter();
      return record;
    } catch (InUse e) {
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

  private static FileChannel lock(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      log.debug("{} is in use within this process", directory);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new InUse(directory);
  }

  /** Another service keeps its record there. */
  private static final class InUse extends IOException {
    private static final long serialVersionUID = 1L;

    InUse(Path directory) {
      super(
          "%s is in use by another trigger service: stop that one, or give this one a record.directory of its own"
              .formatted(directory));
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
      T answer = question.ask(reader.captures, reader.statements);
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
    Writer to = writer();
    boolean committed = false;
    try {
      change.make(to.captures, to.statements);
      to.connection.commit();
      committed = true;
    } finally {
      if (!committed) {
        rollBack(to.connection);
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
      writer = Writer.open(url());
    } catch (SQLException e) {
      if (!Damage.is(e)) {
        throw e;
      }
      log.warn("{} cannot be read ({}): it is built anew from Kafka", file, e.getMessage());
      delete();
      writer = Writer.open(url());
    }
  }

  private void delete() throws IOException {
    for (String suffix : List.of("-wal", "-shm", "-journal", "")) {
      Files.deleteIfExists(directory.resolve("record.db" + suffix));
    }
  }

  private Writer writer() throws SQLException {
    if (writer == null) {
      if (closed) {
        throw new SQLException("the file is closed");
      }
      writer = Writer.open(url());
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
    return Reader.open(url(), generation);
  }

  /** Whether the file is where it was opened; what is open lives on without it. */
  boolean isThere() {
    return Files.exists(file);
  }

  private String url() {
    return "jdbc:sqlite:" + file;
  }

  private static void rollBack(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      log.debug("Nothing to roll back: {}", e.getMessage());
    }
  }

  private void closeWriter() {
    if (writer != null) {
      close(writer.connection);
      writer = null;
    }
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      log.debug("A connection to the record did not close: {}", e.getMessage());
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
    try {
      lock.close();
    } catch (IOException e) {
      log.debug("The lock of the record did not close: {}", e.getMessage());
    }
  }

  private static SQLiteConfig config(int cacheKib) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    config.setCacheSize(-cacheKib);
    config.setJournalSizeLimit(JOURNAL_BYTES);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    return config;
  }

  private record Reader(
      Connection connection, Statements statements, CaptureTable captures, int generation) {

    static Reader open(String url, int generation) throws SQLException {
      Connection connection =
          DriverManager.getConnection(url, config(READER_CACHE_KIB).toProperties());
      Statements statements = new Statements(connection);
      return new Reader(connection, statements, new CaptureTable(statements), generation);
    }

    void close() {
      RecordFile.close(connection);
    }
  }

  private record Writer(Connection connection, Statements statements, CaptureTable captures) {

    static Writer open(String url) throws SQLException {
      Connection connection =
          DriverManager.getConnection(url, config(WRITER_CACHE_KIB).toProperties());
      try {
        prepare(connection);
        connection.setAutoCommit(false);
      } catch (SQLException e) {
        RecordFile.close(connection);
        throw e;
      }
      Statements statements = new Statements(connection);
      return new Writer(connection, statements, new CaptureTable(statements));
    }

    private static void prepare(Connection connection) throws SQLException {
      Statements statements = new Statements(connection);
      long application =
          statements.first("pragma application_id", row -> row.getLong(1)).orElse(0L);
      long version = statements.first("pragma user_version", row -> row.getLong(1)).orElse(0L);
      if (application == 0 && version == 0) {
        create(connection);
      } else if (application != APPLICATION || version != VERSION) {
        throw new Damage.Foreign(
            new IOException("application %x, version %d".formatted(application, version)));
      }
    }

    private static void create(Connection connection) throws SQLException {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        for (String sql : CaptureTable.SCHEMA) {
          statement.execute(sql);
        }
        for (String sql : ReadingPlace.SCHEMA) {
          statement.execute(sql);
        }
        statement.execute("pragma application_id = " + APPLICATION);
        statement.execute("pragma user_version = " + VERSION);
      }
      connection.commit();
    }
  }
}
