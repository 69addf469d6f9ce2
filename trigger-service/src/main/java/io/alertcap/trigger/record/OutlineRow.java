package io.alertcap.trigger.record;

import static io.alertcap.trigger.record.Statements.instant;

import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An {@link Outline} as it is read from a row of the table of captures. */
final class OutlineRow {

  /** To be selected for it. */
  static final String COLUMNS =
      "id, at, status, counts, rule, namespace, pod, identity, fingerprint, until, bytes";

  private static final Map<String, CaptureStatus> STATUSES =
      Stream.of(CaptureStatus.values())
          .collect(Collectors.toUnmodifiableMap(CaptureStatus::code, Function.identity()));

  private OutlineRow() {}

  static Outline read(ResultSet row) throws SQLException {
    CaptureId id = id(row.getString("id"));
    Instant at = instant(row.getLong("at"));
    CaptureStatus status = status(row.getString("status"));
    Optional<String> rule = text(row, "rule");
    Optional<String> namespace = text(row, "namespace");
    Optional<RuleAndTarget> target =
        rule.isEmpty() || namespace.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new RuleAndTarget(
                    rule.get(), namespace.get(), row.getString("pod"), text(row, "identity")));
    Instant until = instant(row.getLong("until"));
    boolean open = status == CaptureStatus.REQUESTED || status == CaptureStatus.STARTED;
    Optional<Expense> expense =
        row.wasNull() || target.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Expense(
                    id, rule.get(), namespace.get(), at, open, until, row.getLong("bytes")));
    return new Outline(
        new Position(at, id),
        status,
        row.getBoolean("counts"),
        target,
        text(row, "fingerprint"),
        expense);
  }

  static CaptureId id(String text) throws SQLException {
    try {
      return new CaptureId(text);
    } catch (IllegalArgumentException e) {
      throw new Damage.Foreign(e);
    }
  }

  static CaptureStatus status(String code) throws SQLException {
    CaptureStatus status = STATUSES.get(code);
    if (status == null) {
      throw new Damage.Foreign(new IllegalArgumentException("no status: " + code));
    }
    return status;
  }

  private static Optional<String> text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }
}
