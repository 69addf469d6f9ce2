package io.alertcap.trigger.web;

import io.alertcap.trigger.record.CaptureRecords;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/** {@code GET /api/v1/captures}. */
final class ListCaptures implements Endpoint {

  private final CaptureRecords records;
  private final BooleanSupplier complete;
  private final Executor workers;

  /**
   * Lists.
   *
   * @param complete whether every capture of the past is on record
   * @param workers read what is listed
   */
  ListCaptures(CaptureRecords records, BooleanSupplier complete, Executor workers) {
    this.records = records;
    this.complete = complete;
    this.workers = workers;
  }

  @Override
  public Reply answer(Call call) {
    try {
      boolean building = !complete.getAsBoolean();
      return new PageOfCaptures(
          records, workers, records.list(ListQuery.read(call.query())), building);
    } catch (ListQuery.InvalidParameter e) {
      return Problem.badRequest(e.parameter(), Objects.requireNonNull(e.getMessage()));
    }
  }
}
