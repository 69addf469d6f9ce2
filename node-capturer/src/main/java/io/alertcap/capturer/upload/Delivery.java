package io.alertcap.capturer.upload;

import io.alertcap.capturer.spool.CaptureJournal;
import io.alertcap.capturer.spool.SpooledCapture;
import io.alertcap.capturer.upload.StoreAnswer.Done;
import io.alertcap.capturer.upload.StoreAnswer.Failed;
import io.alertcap.schemas.Artifact;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureResult;
import io.alertcap.schemas.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Brings one capture to the store: its file, and beside it its record, so that the bucket explains
 * itself. What arrived in an earlier attempt is not sent again. One thread at a time.
 */
final class Delivery {

  private static final String PCAP = "application/vnd.tcpdump.pcap";
  private static final String JSON = "application/json";

  private final SpooledCapture capture;
  private final ArtifactStore store;
  private final Clock clock;
  private final CaptureRequest request;
  private final CaptureResult result;
  private final ArtifactKey key;
  private final long deadline;
  private int failures;
  private Optional<CaptureEvent.Completed> fileStored = Optional.empty();

  /** Of a capture that was captured. */
  Delivery(SpooledCapture capture, ArtifactStore store, String prefix, Clock clock, long deadline) {
    this.capture = capture;
    this.store = store;
    this.clock = clock;
    CaptureJournal journal = capture.journal();
    this.request = journal.asked();
    this.result = journal.result().orElseThrow();
    this.key = ArtifactKey.of(prefix, request);
    this.deadline = deadline;
  }

  SpooledCapture capture() {
    return capture;
  }

  CaptureRequest request() {
    return request;
  }

  CaptureResult result() {
    return result;
  }

  int failures() {
    return failures;
  }

  boolean overdue(long nanoTime) {
    return nanoTime - deadline >= 0;
  }

  /** Blocks until everything has arrived, or something has not. */
  StoreAnswer attempt() {
    StoreAnswer answer = fileStored.isPresent() ? new Done() : storeFile();
    if (answer instanceof Done && fileStored.isPresent()) {
      answer = storeRecord(fileStored.get());
    }
    if (answer instanceof Failed) {
      failures++;
    }
    return answer;
  }

  /** What to say of a delivery that is done. */
  CaptureEvent.Completed completed() {
    return fileStored.orElseThrow();
  }

  /** Has the store drop the parts of a file that will not be completed. */
  StoreAnswer abort() {
    return store.abort(key.packets(), parts());
  }

  private StoreAnswer storeFile() {
    try {
      String sha256 = Sha256.of(capture.file());
      StoredObject object =
          new StoredObject(key.packets(), PCAP, ObjectMetadata.of(request, result, sha256));
      StoreAnswer answer = store.store(object, capture.file(), parts());
      if (answer instanceof Done) {
        fileStored = Optional.of(completed(sha256, clock.instant()));
      }
      return answer;
    } catch (IOException e) {
      return new Failed("The file of the capture cannot be read: " + e, true);
    }
  }

  private CaptureEvent.Completed completed(String sha256, Instant at) {
    Artifact artifact =
        new Artifact(
            store.bucket(),
            key.packets(),
            result.bytes(),
            sha256,
            "pcap",
            "none",
            result.packets(),
            result.linkType());
    return new CaptureEvent.Completed(request, at, result, artifact);
  }

  private StoreAnswer storeRecord(CaptureEvent.Completed completed) {
    String record = Json.pretty(capture.journal().recordWith(completed));
    StoredObject object =
        new StoredObject(key.record(), JSON, Map.of("capture-id", request.id().value()));
    return store.store(object, record.getBytes(StandardCharsets.UTF_8));
  }

  private ArtifactStore.PartsMemory parts() {
    return new ArtifactStore.PartsMemory() {
      @Override
      public Optional<String> uploadId() {
        return capture.journal().uploadId();
      }

      @Override
      public void remember(Optional<String> uploadId) {
        capture.noteUpload(uploadId);
      }
    };
  }
}
