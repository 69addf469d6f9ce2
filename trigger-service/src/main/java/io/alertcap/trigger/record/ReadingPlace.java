package io.alertcap.trigger.record;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How far a topic was read: it is written together with what was read, so that nothing is read
 * twice for nothing, and nothing left out.
 *
 * @param topicId by which Kafka tells a topic from another that has had its name
 * @param next of each partition
 */
public record ReadingPlace(String topicId, Map<Integer, Next> next) {

  /**
   * The next event to read.
   *
   * @param leaderEpoch of the one before it, by which Kafka notices that a partition lost its end
   */
  public record Next(int partition, long offset, Optional<Integer> leaderEpoch) {}

  public ReadingPlace {
    next = Map.copyOf(next);
  }

  /** After what was read later of some partitions. */
  ReadingPlace then(ReadingPlace later) {
    Map<Integer, Next> all = new HashMap<>(next);
    all.putAll(later.next);
    return new ReadingPlace(later.topicId, all);
  }

  static Optional<ReadingPlace> read(Statements statements) throws SQLException {
    Optional<String> topic = statements.first("select id from topic", row -> row.getString(1));
    if (topic.isEmpty()) {
      return Optional.empty();
    }
    List<Next> partitions =
        statements.query(
            "select number, next, epoch from partition",
            row ->
                new Next(
                    row.getInt(1),
                    row.getLong(2),
                    Optional.ofNullable((Integer) row.getObject(3))));
    return Optional.of(
        new ReadingPlace(
            topic.get(),
            partitions.stream().collect(Collectors.toMap(Next::partition, Function.identity()))));
  }

  void write(Statements statements) throws SQLException {
    statements.update("insert or replace into topic values(1, ?)", topicId);
    for (Next partition : next.values()) {
      statements.update(
          "insert or replace into partition values(?, ?, ?)",
          partition.partition(),
          partition.offset(),
          partition.leaderEpoch());
    }
  }
}
