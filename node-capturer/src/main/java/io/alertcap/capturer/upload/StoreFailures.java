package io.alertcap.capturer.upload;

import io.alertcap.capturer.upload.StoreAnswer.Failed;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Says in a sentence what the SDK threw, and which setting to look at. */
final class StoreFailures {

  private StoreFailures() {}

  static Failed failed(String bucket, SdkException e) {
    return e instanceof S3Exception answer ? answered(bucket, answer) : unanswered(bucket, e);
  }

  private static Failed answered(String bucket, S3Exception e) {
    String code = code(e);
    return switch (e.statusCode()) {
      case 403, 401 ->
          operator(
              "The store refuses to let the capturer write to the bucket %s (%s): check s3.accessKey, s3.secretKey and the bucket's policy, which must allow s3:PutObject and s3:AbortMultipartUpload."
                  .formatted(bucket, code));
      case 404 ->
          operator(
              "The store does not know the bucket %s (%s): create it, or set s3.bucket and s3.endpoint to where it is."
                  .formatted(bucket, code));
      case 301, 307 ->
          operator(
              "The bucket %s is in another region (%s): set s3.region to it."
                  .formatted(bucket, code));
      case 429, 500, 502, 503, 504 ->
          new Failed(
              "The store is overloaded or out of order (%d %s): nothing to do unless it stays."
                  .formatted(e.statusCode(), code),
              false);
      default ->
          operator(
              "The store refused an upload to the bucket %s (%s): if it does not know trailing checksums, set s3.checksums: when-required."
                  .formatted(bucket, e.statusCode() + " " + code));
    };
  }

  private static Failed unanswered(String bucket, SdkException e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String reason = root.getMessage() == null ? root.toString() : root.getMessage();
    return new Failed(
        "The store of the bucket %s cannot be reached (%s): check s3.endpoint and the network."
            .formatted(bucket, reason),
        false);
  }

  private static Failed operator(String sentence) {
    return new Failed(sentence, true);
  }

  private static String code(S3Exception e) {
    return e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null
        ? "status " + e.statusCode()
        : e.awsErrorDetails().errorCode();
  }
}
