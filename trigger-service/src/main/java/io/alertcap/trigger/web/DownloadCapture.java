package io.alertcap.trigger.web;

import io.alertcap.schemas.Artifact;
import io.alertcap.schemas.CaptureRecord;
import io.alertcap.schemas.Failure;
import io.alertcap.trigger.record.CaptureRecords;
import java.util.Optional;

/** {@code GET /api/v1/captures/{id}/pcap}: to the file itself, which never passes through here. */
final class DownloadCapture implements Endpoint {

  private final NamedCapture captures;
  private final ArtifactStore store;
  private final AccessLog accesses;

  DownloadCapture(CaptureRecords records, ArtifactStore store, AccessLog accesses) {
    this.captures = new NamedCapture(records);
    this.store = store;
    this.accesses = accesses;
  }

  @Override
  public Answer answer(Call call) {
    Optional<CaptureRecord> capture = captures.find(call);
    return capture.isEmpty() ? captures.unknown(call) : answer(capture.get(), call);
  }

  private Answer answer(CaptureRecord capture, Call call) {
    Optional<Artifact> artifact = capture.artifact();
    if (artifact.isPresent()) {
      ArtifactStore.Location location = store.locate(artifact.get());
      if (location instanceof ArtifactStore.Location.Here) {
        accesses.given(capture.id(), call.caller(), "pcap");
      }
      return answer(location);
    }
    String status = "The capture is " + capture.status().code();
    if (!capture.status().terminal()) {
      return Problem.conflict(status + "; its file is not uploaded yet");
    }
    String why = capture.failure().map(Failure::message).map(text -> ": " + text).orElse("");
    return Problem.gone(status + " and has no file" + why);
  }

  private static Answer answer(ArtifactStore.Location location) {
    return switch (location) {
      case ArtifactStore.Location.Here here -> Answer.redirect(here.url());
      case ArtifactStore.Location.Gone gone -> Problem.gone(gone.reason());
      case ArtifactStore.Location.Unavailable unavailable ->
          Problem.unavailable(unavailable.reason());
    };
  }
}
