package io.alertcap.trigger.web;

import io.alertcap.schemas.CaptureRecord;
import io.alertcap.trigger.record.CaptureRecords;
import io.alertcap.trigger.record.Cursor;
import io.alertcap.trigger.record.Page;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** {@code GET /api/v1/captures}. */
final class ListCaptures implements Endpoint {

  private final CaptureRecords records;

  ListCaptures(CaptureRecords records) {
    this.records = records;
  }

  private record Body(List<CaptureRecord> captures, Optional<String> next) {}

  @Override
  public Answer answer(Call call) {
    try {
      Page page = records.list(ListQuery.read(call.query()));
      return Answer.json(200, new Body(page.captures(), page.next().map(Cursor::toString)));
    } catch (ListQuery.InvalidParameter e) {
      return Problem.badRequest(e.parameter(), Objects.requireNonNull(e.getMessage()));
    }
  }
}
