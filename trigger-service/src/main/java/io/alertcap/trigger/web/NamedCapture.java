package io.alertcap.trigger.web;

import io.alertcap.schemas.CaptureId;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.trigger.record.CaptureRecords;
import java.util.Optional;

/** Finds the capture that a path names. */
record NamedCapture(CaptureRecords records) {

  private static final int MAX_SHOWN = 120;

  Optional<CaptureRecord> find(Call call) {
    try {
      return records.find(new CaptureId(id(call)));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // what is no id is no id of a capture either
    }
  }

  Answer unknown(Call call) {
    String id = id(call);
    String shown = id.length() <= MAX_SHOWN ? id : id.substring(0, MAX_SHOWN) + "…";
    return Problem.notFound("There is no capture " + shown + ", or it is no longer remembered");
  }

  private static String id(Call call) {
    return call.path().getOrDefault("id", "");
  }
}
