package io.alertcap.trigger.web;

import io.alertcap.trigger.record.CaptureRecords;

/** {@code GET /api/v1/captures/{id}}. */
final class ShowCapture implements Endpoint {

  private final NamedCapture captures;

  ShowCapture(CaptureRecords records) {
    this.captures = new NamedCapture(records);
  }

  @Override
  public Answer answer(Call call) {
    return captures
        .find(call)
        .map(capture -> Answer.json(200, capture))
        .orElseGet(() -> captures.unknown(call));
  }
}
