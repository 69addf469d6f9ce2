package io.alertcap.trigger.record;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;

/** A connection to a {@link RecordFile}. Not thread-safe. */
record RecordConnection(Connection connection, Statements statements, CaptureTable captures) {

  private static final Logger log = LoggerFactory.getLogger(RecordConnection.class);

  /** "acap": tells the file from another application's. */
  private static final int APPLICATION = 0x61636170;

  private static final int WRITER_CACHE_KIB = 8 << 10;
  private static final int READER_CACHE_KIB = 2 << 10;

  /** What the journal keeps of the disk between two checkpoints. */
  private static final int JOURNAL_BYTES = 16 << 20;

  private RecordConnection(Connection connection, Statements statements) {
    this(connection, statements, new CaptureTable(statements));
  }

  static RecordConnection toRead(String url) throws SQLException {
    return open(url, READER_CACHE_KIB);
  }

  /** Makes the tables where there are none; what is changed is to be {@linkplain #commit kept}. */
  static RecordConnection toWrite(String url) throws SQLException {
    RecordConnection writer = open(url, WRITER_CACHE_KIB);
    try {
      writer.prepare();
      writer.connection.setAutoCommit(false);
      return writer;
    } catch (SQLException e) {
      writer.close();
      throw e;
    }
  }

  private static RecordConnection open(String url, int cacheKib) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    config.setCacheSize(-cacheKib);
    config.setJournalSizeLimit(JOURNAL_BYTES);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    Connection connection = DriverManager.getConnection(url, config.toProperties());
    return new RecordConnection(connection, new Statements(connection));
  }

  private void prepare() throws SQLException {
    long application = statements.first("pragma application_id", row -> row.getLong(1)).orElse(0L);
    long version = statements.first("pragma user_version", row -> row.getLong(1)).orElse(0L);
    if (application == 0 && version == 0) {
      create();
    } else if (application != APPLICATION || version != RecordSchema.VERSION) {
      throw new Damage.Foreign(
          new IOException("application %x, version %d".formatted(application, version)));
    }
  }

  private void create() throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      for (String sql : RecordSchema.STATEMENTS) {
        statement.execute(sql);
      }
      statement.execute("pragma application_id = " + APPLICATION);
      statement.execute("pragma user_version = " + RecordSchema.VERSION);
    }
    connection.commit();
  }

  void commit() throws SQLException {
    connection.commit();
  }

  void rollBack() {
    try {
      connection.rollback();
    } catch (SQLException e) {
      log.debug("Nothing to roll back: {}", e.getMessage());
    }
  }

  void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      log.debug("A connection to the record did not close: {}", e.getMessage());
    }
  }
}
