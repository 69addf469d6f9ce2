package io.alertcap.trigger.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A query of the list as SQL. It is read by the index of the one filter that most likely lets the
 * fewest captures pass; the others are looked at row by row.
 *
 * @param sql gives time, id and size of the JSON, newest first
 */
record ListStatement(String sql, List<Object> arguments) {

  private record Filter(String column, Optional<?> value) {}

  static ListStatement of(RecordQuery query, int rows) {
    List<Filter> filters =
        List.of(
            new Filter("pod", query.pod()),
            new Filter("node", query.node()),
            new Filter("rule", query.rule()),
            new Filter("alertname", query.alertname()),
            new Filter("namespace", query.namespace()),
            new Filter("status", query.status().map(status -> status.code())));
    List<String> conditions = new ArrayList<>();
    List<Object> arguments = new ArrayList<>();
    String index = "by_time";
    for (Filter filter : filters) {
      if (filter.value().isPresent()) {
        index = conditions.isEmpty() ? "by_" + filter.column() : index;
        conditions.add(filter.column() + " = ?");
        arguments.add(filter.value().get());
      }
    }
    query
        .since()
        .ifPresent(since -> {
          conditions.add("at >= ?");
          arguments.add(Statements.ceilMicros(since));
        });
    query
        .cursor()
        .map(Cursor::last)
        .ifPresent(last -> {
          conditions.add("at <= ? and (at < ? or id < ?)");
          arguments.addAll(List.of(last.at(), last.at(), last.id().value()));
        });
    arguments.add(rows);
    String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    return new ListStatement(
        "select at, id, json_bytes from capture indexed by %s%s order by at desc, id desc limit ?"
            .formatted(index, where),
        arguments);
  }
}
