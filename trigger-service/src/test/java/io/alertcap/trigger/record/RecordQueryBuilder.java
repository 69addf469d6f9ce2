package io.alertcap.trigger.record;

import io.alertcap.schemas.CaptureStatus;
import java.time.Instant;
import java.util.Optional;

/** A query of which a test names only what it is about. */
final class RecordQueryBuilder {

  private Optional<String> namespace = Optional.empty();
  private Optional<String> pod = Optional.empty();
  private Optional<String> node = Optional.empty();
  private Optional<String> rule = Optional.empty();
  private Optional<String> alertname = Optional.empty();
  private Optional<CaptureStatus> status = Optional.empty();
  private Optional<Instant> since = Optional.empty();
  private int limit = RecordQuery.MAX_LIMIT;
  private Optional<Cursor> cursor = Optional.empty();

  RecordQueryBuilder namespace(String value) {
    namespace = Optional.of(value);
    return this;
  }

  RecordQueryBuilder pod(String value) {
    pod = Optional.of(value);
    return this;
  }

  RecordQueryBuilder node(String value) {
    node = Optional.of(value);
    return this;
  }

  RecordQueryBuilder rule(String value) {
    rule = Optional.of(value);
    return this;
  }

  RecordQueryBuilder alertname(String value) {
    alertname = Optional.of(value);
    return this;
  }

  RecordQueryBuilder status(CaptureStatus value) {
    status = Optional.of(value);
    return this;
  }

  RecordQueryBuilder since(Instant value) {
    since = Optional.of(value);
    return this;
  }

  RecordQueryBuilder limit(int value) {
    limit = value;
    return this;
  }

  RecordQueryBuilder cursor(Optional<Cursor> value) {
    cursor = value;
    return this;
  }

  RecordQuery build() {
    return new RecordQuery(namespace, pod, node, rule, alertname, status, since, limit, cursor);
  }
}
