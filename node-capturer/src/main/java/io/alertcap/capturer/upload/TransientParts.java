package io.alertcap.capturer.upload;

import java.util.Optional;

/** Parts of an object that is sent again from its beginning if it does not arrive in one go. */
final class TransientParts implements ArtifactStore.PartsMemory {

  private Optional<String> upload = Optional.empty();

  @Override
  public Optional<String> uploadId() {
    return upload;
  }

  @Override
  public void remember(Optional<String> uploadId) {
    upload = uploadId;
  }

  /** Gives up what was begun; whether that succeeds makes no difference to the answer. */
  StoreAnswer abortAfter(StoreAnswer answer, ArtifactStore store, String key) {
    StoreAnswer unused = store.abort(key, this);
    return answer;
  }
}
