package io.alertcap.trigger.web;

import io.alertcap.foundation.s3.S3Failure;
import io.alertcap.foundation.s3.S3Settings;
import io.alertcap.schemas.Artifact;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * S3. Only the operator's own bucket and prefix are looked into: which object a capture has is said
 * by an event, and whoever can write events must not thereby read whatever this service can.
 */
public final class S3ArtifactStore implements ArtifactStore {

  /** Long enough to click; short enough for a link that ends up in a chat. */
  private static final Duration VALID = Duration.ofMinutes(5);

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final String RIGHTS = "s3:GetObject and s3:ListBucket";

  private static final int NOT_FOUND = 404;

  private final S3Client client;
  private final S3Presigner presigner;
  private final String bucket;
  private final String region;
  private final String prefix;

  /** The clients stay the caller's to close. */
  public S3ArtifactStore(S3Client client, S3Presigner presigner, S3Settings settings) {
    this.client = client;
    this.presigner = presigner;
    this.bucket = settings.bucket();
    this.region = settings.region();
    this.prefix = settings.prefix().isEmpty() ? "" : settings.prefix() + "/";
  }

  @Override
  public Location locate(Artifact artifact) {
    if (!artifact.bucket().equals(bucket) || !artifact.key().startsWith(prefix)) {
      return new Location.Gone(
          "The file was written outside of s3://%s/%s, which is what this service serves"
              .formatted(bucket, prefix));
    }
    try {
      var unused =
          client.headObject(head ->
              head.bucket(bucket)
                  .key(artifact.key())
                  .overrideConfiguration(
                      limits -> limits.apiCallTimeout(PATIENCE).apiCallAttemptTimeout(PATIENCE)));
      return new Location.Here(presign(artifact.key()));
    } catch (NoSuchKeyException | NoSuchBucketException e) {
      return gone(artifact);
    } catch (S3Exception e) {
      return e.statusCode() == NOT_FOUND
          ? gone(artifact)
          : new Location.Unavailable("S3 answered with status " + e.statusCode());
    } catch (SdkException e) {
      return new Location.Unavailable("S3 cannot be reached");
    }
  }

  /** Why files cannot be served, if they cannot; blocks for some seconds at most. */
  public Optional<String> problem() {
    try {
      var unused =
          client.headBucket(head ->
              head.bucket(bucket).overrideConfiguration(limits -> limits.apiCallTimeout(PATIENCE)));
      return Optional.empty();
    } catch (SdkException e) {
      return Optional.of(
          "captures cannot be downloaded: " + S3Failure.of(e, bucket, region, RIGHTS).sentence());
    }
  }

  private URI presign(String key) {
    return URI.create(
        presigner
            .presignGetObject(get ->
                get.signatureDuration(VALID).getObjectRequest(of -> of.bucket(bucket).key(key)))
            .url()
            .toString());
  }

  private static Location gone(Artifact artifact) {
    return new Location.Gone(
        "s3://%s/%s is there no more".formatted(artifact.bucket(), artifact.key()));
  }
}
