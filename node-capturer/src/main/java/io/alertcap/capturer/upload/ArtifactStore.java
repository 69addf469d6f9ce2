package io.alertcap.capturer.upload;

import java.nio.file.Path;
import java.util.Optional;

/** Where captures are delivered. Every method blocks, for as long as its client's limits allow. */
public interface ArtifactStore extends AutoCloseable {

  /** Where an upload in parts stands, outliving this process. */
  interface PartsMemory {

    /** The upload that was begun and neither completed nor aborted. */
    Optional<String> uploadId();

    /** Notes an upload that was begun, or that there is none any more. */
    void remember(Optional<String> uploadId);
  }

  /** The bucket that objects go to. */
  String bucket();

  /** Stores a file as one object, replacing one of the same key. */
  StoreAnswer store(StoredObject object, Path file, PartsMemory parts);

  /** Stores a small object, replacing one of the same key. */
  StoreAnswer store(StoredObject object, byte[] content);

  /** Gives up an upload in parts, so that its parts cost nothing. */
  StoreAnswer abort(String key, PartsMemory parts);

  /** Finds out whether the bucket can be used. */
  StoreAnswer probe();

  @Override
  void close();
}
