package io.alertcap.capturer.upload;

import io.alertcap.capturer.prepare.Preparation;
import io.alertcap.capturer.prepare.Prepared;
import io.alertcap.capturer.prepare.UploadPreparation;
import io.alertcap.capturer.spool.CaptureJournal;
import io.alertcap.capturer.spool.SpooledCapture;
import io.alertcap.capturer.upload.StoreAnswer.Done;
import io.alertcap.capturer.upload.StoreAnswer.Failed;
import io.alertcap.schemas.Artifact;
import io.alertcap.schemas.CaptureEvent;
import io.alertcap.schemas.CaptureRequest;
import io.alertcap.schemas.CaptureResult;
import io.alertcap.schemas.Failure;
import io.alertcap.schemas.FailureCode;
import io.alertcap.schemas.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one capture to the store: its file, a transcript of its DNS transactions, and its record,
 * so that the bucket explains itself. What arrived in an earlier attempt is not sent again. One
 * thread at a time.
 */
final class Delivery {

  private static final Logger log = LoggerFactory.getLogger(Delivery.class);

  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain; charset=utf-8";

  private final SpooledCapture capture;
  private final ArtifactStore store;
  private final UploadPreparation preparation;
  private final Clock clock;
  private final CaptureRequest request;
  private final CaptureResult result;
  private final ArtifactKey key;
  private final TriedTime tried;
  private final Duration notedEvery;
  private Duration noted;
  private int failures;
  private boolean transcriptStored;
  private Optional<Prepared> prepared = Optional.empty();
  private Optional<CaptureEvent.Completed> fileStored = Optional.empty();

  /**
   * Of a capture that was captured.
   *
   * @param tried how long that has been tried
   * @param notedEvery after how much more of it the journal is told
   */
  Delivery(
      SpooledCapture capture,
      UploadPreparation preparation,
      ArtifactStore store,
      String prefix,
      Clock clock,
      TriedTime tried,
      Duration notedEvery) {
    this.capture = capture;
    this.preparation = preparation;
    this.store = store;
    this.clock = clock;
    CaptureJournal journal = capture.journal();
    this.request = journal.asked();
    this.result = journal.result().orElseThrow();
    this.key = ArtifactKey.of(prefix, request);
    this.tried = tried;
    this.notedEvery = notedEvery;
    this.noted = journal.triedFor();
  }

  SpooledCapture capture() {
    return capture;
  }

  int failures() {
    return failures;
  }

  /** Whether it has been tried for long enough; as of the last attempt. */
  boolean overdue() {
    return tried.over();
  }

  /** Blocks until everything has arrived, or something has not. */
  DeliveryAnswer attempt() {
    DeliveryAnswer answer = prepared.map(this::stored).orElseGet(this::prepareAndStore);
    if (!(answer instanceof DeliveryAnswer.Delivered)) {
      failures++;
      noteTried(tried.look());
    }
    return answer;
  }

  private void noteTried(Duration total) {
    if (total.minus(noted).compareTo(notedEvery) >= 0) {
      noted = total;
      capture.noteTried(total);
    }
  }

  /** What to say of it if nothing more is tried. */
  CaptureEvent.Failed givenUp(String message) {
    return new CaptureEvent.Failed(
        request,
        clock.instant(),
        new Failure(FailureCode.UPLOAD_FAILED, message),
        Optional.of(result));
  }

  /** Has the store drop the parts of objects that will not be completed. */
  void abort() {
    for (String begun : capture.journal().uploads().keySet()) {
      if (store.abort(begun, parts(begun)) instanceof Failed notAborted) {
        log.warn(
            "The parts of {} uploaded so far stay in the store: {}", begun, notAborted.reason());
        capture.noteUpload(begun, Optional.empty());
      }
    }
  }

  /** Parts of a file that was made before must not be mixed with those of the one made now. */
  private DeliveryAnswer prepareAndStore() {
    if (!preparation.isPrepared(capture)) {
      abort();
    }
    return switch (preparation.prepare(capture)) {
      case Preparation.Ready(Prepared file) -> {
        prepared = Optional.of(file);
        yield stored(file);
      }
      case Preparation.Withheld(String reason) -> new DeliveryAnswer.NotPrepared(reason);
      case Preparation.Interrupted unused ->
          new DeliveryAnswer.NotPrepared("The capturer is closing.");
    };
  }

  private DeliveryAnswer stored(Prepared file) {
    StoreAnswer answer = storeTranscript(file);
    if (answer instanceof Done && fileStored.isEmpty()) {
      answer = storeFile(file);
    }
    if (answer instanceof Done && fileStored.isPresent()) {
      answer = storeRecord(fileStored.get());
    }
    return switch (answer) {
      case Done unused -> new DeliveryAnswer.Delivered(fileStored.orElseThrow());
      case Failed failed -> new DeliveryAnswer.NotStored(failed);
    };
  }

  private StoreAnswer storeTranscript(Prepared file) {
    if (!file.transcript() || transcriptStored) {
      return new Done();
    }
    StoredObject object = new StoredObject(key.transcript(), TEXT, nameplate());
    StoreAnswer answer = store.store(object, capture.transcriptFile(), parts(object.key()));
    transcriptStored = answer instanceof Done;
    return answer;
  }

  private StoreAnswer storeFile(Prepared file) {
    StoredObject object =
        new StoredObject(
            key.packets(file.extension()),
            file.contentType(),
            ObjectMetadata.of(request, result, file));
    StoreAnswer answer = store.store(object, file.file(capture), parts(object.key()));
    if (answer instanceof Done) {
      fileStored = Optional.of(completed(file));
    }
    return answer;
  }

  private CaptureEvent.Completed completed(Prepared file) {
    Artifact artifact =
        new Artifact(
            store.bucket(),
            key.packets(file.extension()),
            file.bytes(),
            file.sha256(),
            file.format(),
            file.compression(),
            file.packets(),
            file.linkType());
    return new CaptureEvent.Completed(
        request,
        clock.instant(),
        file.complete(result),
        artifact,
        Optional.of(file.enrichment()),
        file.dns(),
        file.tcp(),
        Optional.of(key.transcript()).filter(unused -> file.transcript()));
  }

  private StoreAnswer storeRecord(CaptureEvent.Completed completed) {
    String record = Json.pretty(capture.journal().recordWith(completed));
    return store.store(
        new StoredObject(key.record(), JSON, nameplate()), record.getBytes(StandardCharsets.UTF_8));
  }

  private Map<String, String> nameplate() {
    return Map.of("capture-id", request.id().value());
  }

  private ArtifactStore.PartsMemory parts(String objectKey) {
    return new ArtifactStore.PartsMemory() {
      @Override
      public Optional<String> uploadId() {
        return capture.journal().uploadOf(objectKey);
      }

      @Override
      public void remember(Optional<String> uploadId) {
        capture.noteUpload(objectKey, uploadId);
      }
    };
  }
}
