package io.alertcap.capturer.dns;

import io.alertcap.schemas.SlowName;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The names with the slowest answers, of any number of names in a table of a fixed size: a slower
 * name takes the place of the fastest. The slowest time of every name that is reported is exact.
 */
final class SlowNames {

  private static final int SIZE = 256;

  private final Map<Question, Row> rows = HashMap.newHashMap(SIZE);
  private long answers;

  /** No row of the full table is faster. */
  private long fastestNanos;

  void answered(Transaction transaction) {
    answers++;
    long nanos = Math.max(0, transaction.latencyNanos());
    Row row = rows.get(transaction.question());
    if (row == null) {
      if (rows.size() == SIZE && !makeRoom(nanos)) {
        return;
      }
      row = new Row();
      rows.put(transaction.question().copy(), row);
    }
    row.answers++;
    row.sumNanos += nanos;
    row.slowestNanos = Math.max(row.slowestNanos, nanos);
  }

  List<SlowName> slowest(int most) {
    return rows.entrySet().stream()
        .sorted(
            Comparator.comparingLong(
                    (Map.Entry<Question, Row> each) -> each.getValue().slowestNanos)
                .reversed()
                .thenComparing(each -> each.getKey().toString()))
        .limit(most)
        .map(each -> report(each.getKey(), each.getValue()))
        .toList();
  }

  /** Answers that are in none of the reported rows. */
  long others(List<SlowName> reported) {
    return answers - reported.stream().mapToLong(SlowName::answers).sum();
  }

  private boolean makeRoom(long nanos) {
    if (nanos <= fastestNanos) {
      return false;
    }
    Map.Entry<Question, Row> fastest =
        Collections.min(
            rows.entrySet(), Comparator.comparingLong(each -> each.getValue().slowestNanos));
    fastestNanos = fastest.getValue().slowestNanos;
    if (nanos <= fastestNanos) {
      return false;
    }
    rows.remove(fastest.getKey());
    return true;
  }

  private static SlowName report(Question question, Row row) {
    return new SlowName(
        question.nameText(),
        question.typeText(),
        row.answers,
        row.sumNanos / row.answers / 1_000,
        row.slowestNanos / 1_000);
  }

  private static final class Row {
    private long answers;
    private long sumNanos;
    private long slowestNanos;
  }
}
