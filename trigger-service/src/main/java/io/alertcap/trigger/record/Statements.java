package io.alertcap.trigger.record;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A connection, and the statements that were prepared on it. Not thread-safe. */
final class Statements {

  /** Lists have as many texts as combinations of filters. */
  private static final int MOST_PREPARED = 64;

  private final Connection connection;
  private final LinkedHashMap<String, PreparedStatement> prepared =
      new LinkedHashMap<>(16, 0.75f, true);

  Statements(Connection connection) {
    this.connection = connection;
  }

  /** What to make of a row. */
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /**
   * Rows of the answer.
   *
   * @param arguments texts, numbers, byte arrays, instants, or optionals of these
   */
  <T> List<T> query(String sql, Row<T> row, Object... arguments) throws SQLException {
    List<T> answer = new ArrayList<>();
    try (ResultSet rows = bind(sql, arguments).executeQuery()) {
      while (rows.next()) {
        answer.add(row.read(rows));
      }
    }
    return answer;
  }

  /** What to do with a row. */
  interface Each {
    void take(ResultSet row) throws SQLException;
  }

  /** For answers that are too large to be held. */
  void each(String sql, Each each, Object... arguments) throws SQLException {
    try (ResultSet rows = bind(sql, arguments).executeQuery()) {
      while (rows.next()) {
        each.take(rows);
      }
    }
  }

  <T> Optional<T> first(String sql, Row<T> row, Object... arguments) throws SQLException {
    try (ResultSet rows = bind(sql, arguments).executeQuery()) {
      return rows.next() ? Optional.of(row.read(rows)) : Optional.empty();
    }
  }

  /** The first row that passes a test which SQL cannot make. */
  <T> Optional<T> firstOf(String sql, Row<T> row, Predicate<T> test, Object... arguments)
      throws SQLException {
    try (ResultSet rows = bind(sql, arguments).executeQuery()) {
      while (rows.next()) {
        T candidate = row.read(rows);
        if (test.test(candidate)) {
          return Optional.of(candidate);
        }
      }
      return Optional.empty();
    }
  }

  /** How many rows it changed. */
  int update(String sql, Object... arguments) throws SQLException {
    return bind(sql, arguments).executeUpdate();
  }

  private PreparedStatement bind(String sql, Object... arguments) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
      if (prepared.size() > MOST_PREPARED) {
        prepared.pollFirstEntry().getValue().close();
      }
    }
    for (int i = 0; i < arguments.length; i++) {
      statement.setObject(i + 1, value(arguments[i]));
    }
    return statement;
  }

  private static @Nullable Object value(Object argument) {
    return switch (argument) {
      case Optional<?> optional when optional.isEmpty() -> null;
      case Optional<?> optional -> value(optional.get());
      case Instant instant -> micros(instant);
      case Boolean flag -> flag ? 1 : 0;
      default -> argument;
    };
  }

  /** Since 1970: exact for every time that RFC 3339 can write. */
  static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  /** The first microsecond that is not before this time. */
  static long ceilMicros(Instant instant) {
    long micros = micros(instant);
    return instant(micros).isBefore(instant) ? micros + 1 : micros;
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
