package io.alertcap.trigger.record;

import static io.alertcap.trigger.record.Statements.instant;

import io.alertcap.schemas.Alert;
import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureStatus;
import io.alertcap.schemas.Target;
import io.alertcap.schemas.json.Json;
import io.alertcap.schemas.json.Reading;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;

/** Captures in the tables of a {@link RecordFile}, by one of its connections. Not thread-safe. */
final class CaptureTable {

  private final Statements statements;

  CaptureTable(Statements statements) {
    this.statements = statements;
  }

  Optional<Outline> outline(CaptureId id) throws SQLException {
    return statements.first(
        "select " + OutlineRow.COLUMNS + " from capture where id = ?",
        OutlineRow::read,
        id.value());
  }

  Optional<CaptureRecord> record(CaptureId id) throws SQLException, DataFormatException {
    Optional<byte[]> packed = packed(id);
    return packed.isEmpty() ? Optional.empty() : Optional.of(RecordJson.read(packed.get()));
  }

  private Optional<byte[]> packed(CaptureId id) throws SQLException {
    return statements.first(
        "select json from record join capture using (number) where id = ?",
        row -> row.getBytes(1),
        id.value());
  }

  /**
   * The newest capture that counts of this rule and target.
   *
   * @param outdated of which something newer is known than what is here
   */
  Optional<Position> newest(RuleAndTarget target, Predicate<CaptureId> outdated)
      throws SQLException {
    return newest(
        "target_key",
        LookupKey.of(target),
        outline ->
            !outdated.test(outline.id())
                && outline.ruleAndTarget().filter(target::equals).isPresent());
  }

  /** The same of an incident. */
  Optional<Position> newest(Incident incident, Predicate<CaptureId> outdated) throws SQLException {
    return newest(
        "incident_key",
        LookupKey.of(incident),
        outline ->
            !outdated.test(outline.id())
                && outline.incident().filter(incident::equals).isPresent());
  }

  /** What has the same digest is not the same until all of it is. */
  private Optional<Position> newest(String column, long key, Predicate<Outline> test)
      throws SQLException {
    return statements
        .firstOf(
            "select %s from capture where %s = ? order by at desc, id desc"
                .formatted(OutlineRow.COLUMNS, column),
            OutlineRow::read,
            test,
            key)
        .map(Outline::position);
  }

  /**
   * Those that match, newest first: one more than the limit, if there are so many.
   *
   * @param outdated how many of them may have to be left out
   */
  List<Page.Entry> list(RecordQuery query, int outdated) throws SQLException {
    ListStatement list = ListStatement.of(query, query.limit() + 1 + outdated);
    return statements.query(
        list.sql(),
        row ->
            new Page.Entry(
                new Position(instant(row.getLong(1)), OutlineRow.id(row.getString(2))),
                row.getLong(3)),
        list.arguments().toArray());
  }

  /** The JSON of this capture's record. */
  Optional<byte[]> json(CaptureId id) throws SQLException, DataFormatException {
    Optional<byte[]> packed = packed(id);
    return packed.isEmpty() ? Optional.empty() : Optional.of(RecordJson.unpack(packed.get()));
  }

  /** Those of this alert whose file is not known to be closed. */
  List<CaptureId> open(String fingerprint) throws SQLException {
    return statements.query(
        "select id from capture where fingerprint = ? and status in ('requested', 'started')",
        row -> OutlineRow.id(row.getString(1)),
        fingerprint);
  }

  /** All that takes of a budget: what was commanded since then, and what may run still. */
  void expenses(Instant since, Instant now, Consumer<Expense> consumer) throws SQLException {
    Statements.Each each = row -> OutlineRow.read(row).expense().ifPresent(consumer);
    statements.each("select " + OutlineRow.COLUMNS + " from capture where at > ?", each, since);
    statements.each(
        "select "
            + OutlineRow.COLUMNS
            + " from capture where until > ? and status in ('requested', 'started') and at <= ?",
        each,
        now,
        since);
  }

  Map<CaptureStatus, Integer> counts() throws SQLException {
    return statements
        .query(
            "select status, count(*) from capture group by status",
            row -> Map.entry(OutlineRow.status(row.getString(1)), row.getInt(2)))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  void put(Unwritten.Entry entry) throws SQLException {
    CaptureRecord capture = entry.capture();
    Outline outline = entry.outline();
    byte[] json = Json.write(capture);
    Optional<Target> target = capture.target();
    Optional<RuleAndTarget> key = outline.ruleAndTarget().filter(k -> outline.counts());
    Optional<Incident> incident = outline.incident().filter(k -> outline.counts());
    long number =
        statements
            .first(
                """
                insert into capture(id, at, status, counts, namespace, pod, node, rule, alertname,
                    identity, fingerprint, until, bytes, json_bytes, target_key, incident_key)
                  values(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                  on conflict(id) do update set at = excluded.at, status = excluded.status,
                    counts = excluded.counts, namespace = excluded.namespace, pod = excluded.pod,
                    node = excluded.node, rule = excluded.rule, alertname = excluded.alertname,
                    identity = excluded.identity, fingerprint = excluded.fingerprint,
                    until = excluded.until, bytes = excluded.bytes, json_bytes = excluded.json_bytes,
                    target_key = excluded.target_key, incident_key = excluded.incident_key
                  returning number\
                """,
                row -> row.getLong(1),
                capture.id().value(),
                outline.position().at(),
                outline.status().code(),
                outline.counts(),
                target.map(Target::namespace),
                target.map(Target::pod),
                target.map(Target::node),
                capture.rule(),
                capture.alert().map(Alert::alertname),
                outline.ruleAndTarget().flatMap(RuleAndTarget::identity),
                outline.fingerprint(),
                outline.expense().map(Expense::until),
                outline.expense().map(Expense::bytes),
                json.length,
                key.map(LookupKey::of),
                incident.map(LookupKey::of))
            .orElseThrow();
    statements.update("insert or replace into record values(?, ?)", number, RecordJson.pack(json));
    if (entry.request().isPresent()) {
      await(entry.request().get());
    } else if (outline.status() != CaptureStatus.REQUESTED) {
      awaitNoLonger(capture.id());
    }
  }

  /** Its command, for as long as its node has not said a word. */
  private void await(CaptureRequest request) throws SQLException {
    statements.update(
        "insert or replace into waiting values(?, ?, ?)",
        request.id().value(),
        request.expiresAt(),
        Json.write(request));
  }

  private void awaitNoLonger(CaptureId id) throws SQLException {
    statements.update("delete from waiting where id = ?", id.value());
  }

  /** Those whose node should have spoken before then, the longest silent first. */
  List<CaptureRequest> silent(Instant before, int limit) throws SQLException {
    return statements
        .query(
            "select request from waiting where expires < ? order by expires limit ?",
            row -> Json.read(row.getBytes(1), CaptureRequest.class),
            before,
            limit)
        .stream()
        .flatMap(reading ->
            reading instanceof Reading.Valid<CaptureRequest>(CaptureRequest request)
                ? Stream.of(request)
                : Stream.empty())
        .toList();
  }

  /** The oldest first; those that have ended, or all. */
  List<Outline> oldest(boolean ended, Instant before, int limit) throws SQLException {
    String which = ended ? " and status not in ('requested', 'started', 'captured')" : "";
    return statements.query(
        "select %s from capture where at < ?%s order by at limit ?"
            .formatted(OutlineRow.COLUMNS, which),
        OutlineRow::read,
        before,
        limit);
  }

  void remove(CaptureId id) throws SQLException {
    statements.update(
        "delete from record where number = (select number from capture where id = ?)", id.value());
    statements.update("delete from capture where id = ?", id.value());
    awaitNoLonger(id);
  }
}
