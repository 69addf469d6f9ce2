package io.alertcap.capturer.upload;

import io.alertcap.capturer.upload.StoreAnswer.Done;
import io.alertcap.capturer.upload.StoreAnswer.Failed;
import io.alertcap.foundation.s3.S3Failure;
import io.alertcap.foundation.s3.S3Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** A bucket of an S3-compatible store. Small files go in one request, larger ones in parts. */
public final class S3ArtifactStore implements ArtifactStore {

  /** A part of 16 MiB takes seconds to send, and 10,000 of them, the most S3 takes, are 156 GiB. */
  static final long PART_BYTES = 16L << 20;

  /** With its retries: a store that swallows packets is to be told of within 10 s. */
  private static final Duration PROBE_PATIENCE = Duration.ofSeconds(5);

  private static final String RIGHTS = "s3:PutObject, s3:AbortMultipartUpload and s3:ListBucket";

  private final S3Client client;
  private final String bucket;
  private final String region;
  private final S3Storage storage;

  /**
   * @param client closed together with this
   * @param storage how everything is to be kept
   */
  public S3ArtifactStore(S3Client client, String bucket, S3Storage storage) {
    this.client = client;
    this.bucket = bucket;
    this.region = client.serviceClientConfiguration().region().id();
    this.storage = storage;
  }

  @Override
  public String bucket() {
    return bucket;
  }

  @Override
  public StoreAnswer store(StoredObject object, Path file, PartsMemory parts) {
    return answer(() -> {
      if (Files.size(file) > PART_BYTES) {
        new PartsUpload(client, bucket, storage, object, parts).run(file);
      } else {
        client.putObject(put(object), RequestBody.fromFile(file));
      }
    });
  }

  @Override
  public StoreAnswer store(StoredObject object, byte[] content) {
    return answer(() -> client.putObject(put(object), RequestBody.fromBytes(content)));
  }

  @Override
  public StoreAnswer abort(String key, PartsMemory parts) {
    Optional<String> uploadId = parts.uploadId();
    if (uploadId.isEmpty()) {
      return new Done();
    }
    return answer(() -> {
      try {
        client.abortMultipartUpload(
            abort -> abort.bucket(bucket).key(key).uploadId(uploadId.get()));
      } catch (NoSuchUploadException alreadyGone) {
        // which is what was asked for
      }
      parts.remember(Optional.empty());
    });
  }

  @Override
  public StoreAnswer probe() {
    return answer(() ->
        client.headBucket(head ->
            head.bucket(bucket)
                .overrideConfiguration(limits -> limits.apiCallTimeout(PROBE_PATIENCE))));
  }

  @Override
  public void close() {
    client.close();
  }

  private PutObjectRequest put(StoredObject object) {
    return PutObjectRequest.builder()
        .bucket(bucket)
        .key(object.key())
        .contentType(object.contentType())
        .metadata(object.metadata())
        .serverSideEncryption(storage.encryption().orElse(null))
        .ssekmsKeyId(storage.encryptionKey().orElse(null))
        .storageClass(storage.storageClass().orElse(null))
        .build();
  }

  private interface Request {
    void run() throws IOException;
  }

  private StoreAnswer answer(Request request) {
    try {
      request.run();
      return new Done();
    } catch (SdkException e) {
      S3Failure failure = S3Failure.of(e, bucket, region, RIGHTS);
      return new Failed(failure.sentence(), failure.needsOperator());
    } catch (IOException e) {
      return new Failed("The file of the capture cannot be read: " + e, true);
    }
  }
}
